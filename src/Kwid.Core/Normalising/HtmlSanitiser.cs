using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ganss.Xss;

namespace Kwid.Core.Normalising;

/// <summary>
/// Makes a source's HTML harmless and uniform. Two gates, so that a hole in one is none: HtmlSanitizer takes away code, attributes
/// and addresses, then <see cref="BodyWriter"/> writes what is left anew, in a handful of elements, with text escaped by us.
/// </summary>
internal static class HtmlSanitiser
{
    /// <summary>Longest markup read, in characters; the rest is cut off, and the body says so.</summary>
    public const int MostCharacters = 200_000;

    /// <summary>One for all: it is configured here and never again, and reading with it changes nothing.</summary>
    private static readonly HtmlSanitizer Gate = CreateGate();

    /// <summary>The body of an entry; empty for null, blank, and markup without text.</summary>
    /// <param name="markup">HTML, or plain text, which is HTML too as long as nothing in it looks like a tag.</param>
    /// <param name="address">What its relative addresses are relative to.</param>
    public static SanitisedBody Sanitise(string? markup, Uri address)
    {
        if (string.IsNullOrWhiteSpace(markup)) return SanitisedBody.Empty;
        var head = markup.Length <= MostCharacters ? markup : markup[..MostCharacters];
        var writer = new BodyWriter(address, head.Length);
        if (head.AsSpan().IndexOfAny('<', '&') < 0) writer.AddPlainText(head);
        else if (CleanMarkup.Read(head) is { } clean) Write(clean, writer);
        else WriteByLibrary(head, writer);
        if (markup.Length > MostCharacters) writer.AddCut();
        return writer.Finish();
    }

    /// <summary>What <see cref="Sanitise"/> does with markup that is not plainly clean; for clean markup the result is the same, at a hundred times the cost.</summary>
    internal static SanitisedBody SanitiseByLibrary(string markup, Uri address)
    {
        var writer = new BodyWriter(address, markup.Length);
        WriteByLibrary(markup, writer);
        return writer.Finish();
    }

    private static void Write(CleanMarkup markup, BodyWriter writer)
    {
        foreach (var token in markup.Tokens)
        {
            if (token.Kind == MarkupTokenKind.Text) writer.AddText(markup.TextOf(token));
            else if (token.Kind == MarkupTokenKind.Start) writer.Enter(token.Text!, markup.AddressOf(token));
            else writer.Leave(token.Text!);
        }
    }

    private static void WriteByLibrary(string markup, BodyWriter writer)
    {
        if (!MarkupBounds.Exceeds(markup))
        {
            try
            {
                using var document = Gate.SanitizeDom(MarkupRepair.Of(markup));
                Walk(document.Body!, writer);
                return;
            }
            catch (Exception fault) when (fault is MarkupBudgetException or RegexMatchTimeoutException)
            {
                // Nothing was written yet: the parser comes first.
            }
        }

        writer.AddPlainText(MarkupText.WithoutTags(markup));
    }

    /// <summary>Shows the writer every node in order, without recursion.</summary>
    private static void Walk(INode root, BodyWriter writer)
    {
        var open = new Stack<(INode Node, int Next)>([(root, 0)]);   // by index: a node must search for its next sibling
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Node.ChildNodes.Length)
            {
                if (level.Node is IElement closed && closed != root) writer.Leave(closed.LocalName);
                continue;
            }

            open.Push((level.Node, level.Next + 1));
            var child = level.Node.ChildNodes[level.Next];
            if (child is IText text) writer.AddText(text.Data);
            if (child is not IElement element) continue;
            writer.Enter(element.LocalName, element.LocalName == "a" ? element.GetAttribute("href") : null);
            open.Push((child, 0));
        }
    }

    private static HtmlSanitizer CreateGate()
    {
        var options = HtmlSanitizerOptions.Empty();
        options.AllowedTags = new HashSet<string>(BodyElements.Understood, StringComparer.OrdinalIgnoreCase);
        options.AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" };
        options.UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" };
        options.AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" };
        var gate = new HtmlSanitizer(options) { KeepChildNodes = true, HtmlParserFactory = MarkupBudget.CreateParser };
        gate.RemovingTag += static (_, removing) => DroppedElements.OnRemoving(removing, instead: " ");
        return gate;
    }
}
