using System.Text;
using System.Text.RegularExpressions;
using Ganss.Xss;

namespace Kwid.Core.Normalising;

/// <summary>
/// A source's own HTML without what is active in it: for people who look at a feed with <c>kwid read</c>. What Kwid publishes goes through
/// <see cref="HtmlSanitiser"/>, which keeps far less.
/// </summary>
public static class SafeMarkup
{
    private static readonly HtmlSanitizer Gate = CreateGate();

    /// <summary>The markup with harmless elements and attributes only; null for null and blank.</summary>
    /// <param name="markup">HTML or plain text.</param>
    /// <param name="address">What relative addresses are made absolute against; null leaves them as they are.</param>
    public static string? Of(string? markup, Uri? address)
    {
        if (string.IsNullOrWhiteSpace(markup)) return null;
        var head = markup.Length <= HtmlSanitiser.MostCharacters ? markup : markup[..HtmlSanitiser.MostCharacters];
        if (head.AsSpan().IndexOfAny('<', '&') < 0) return PlainText.Clean(head);
        return CleanMarkup.Read(head) is { } clean ? PlainText.CleanMarkup(Write(clean, head.Length)) : OfByLibrary(head, address);
    }

    /// <summary>What <see cref="Of"/> does with markup that is not plainly clean; for clean markup the result is the same.</summary>
    internal static string OfByLibrary(string markup, Uri? address)
    {
        if (!MarkupBounds.Exceeds(markup))
        {
            try
            {
                return PlainText.CleanMarkup(Gate.Sanitize(MarkupRepair.Of(markup), address?.AbsoluteUri ?? "", new AllowedMarkupFormatter(Gate.AllowedTags, 2 * HtmlSanitiser.MostCharacters)));
            }
            catch (Exception fault) when (fault is MarkupBudgetException or RegexMatchTimeoutException)
            {
                // Its text remains.
            }
        }

        return PlainText.CleanMarkup(MarkupText.Escape(MarkupText.WithoutTags(markup)));
    }

    /// <summary>As the library's formatter would write it (WHATWG HTML §13.3).</summary>
    private static string Write(CleanMarkup markup, int expected)
    {
        var html = new StringBuilder(expected + 64);
        foreach (var token in markup.Tokens)
        {
            if (token.Kind == MarkupTokenKind.Text) Escape(html, markup.TextOf(token), "&<>\u00A0");
            else if (token.Kind == MarkupTokenKind.Start) WriteStart(html, token.Text!, markup.AttributesOf(token));
            else if (token.Text is not ("br" or "hr")) html.Append("</").Append(token.Text).Append('>');
        }

        return html.ToString();
    }

    private static void WriteStart(StringBuilder html, string name, ReadOnlySpan<KeyValuePair<string, string>> attributes)
    {
        html.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            html.Append(' ').Append(attribute).Append("=\"");
            Escape(html, value, "&<>\"\u00A0");
            html.Append('"');
        }

        html.Append('>');
    }

    private static void Escape(StringBuilder html, ReadOnlySpan<char> text, ReadOnlySpan<char> special)
    {
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            html.Append(text[..at]).Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "&nbsp;" });
            text = text[(at + 1)..];
        }

        html.Append(text);
    }

    private static HtmlSanitizer CreateGate()
    {
        var gate = new HtmlSanitizer { KeepChildNodes = true, HtmlParserFactory = MarkupBudget.CreateParser };
        gate.AllowedTags.ExceptWith(["form", "input", "button", "select", "option", "optgroup", "textarea", "keygen", "datalist", "map", "area", "style", "menu", "menuitem"]);
        gate.AllowedAttributes.ExceptWith(["style", "action", "method", "target", "background", "usemap", "longdesc", "cite", "accesskey", "tabindex"]);
        gate.AllowedCssProperties.Clear();
        gate.AllowedAtRules.Clear();
        gate.AllowedSchemes.Clear();
        gate.AllowedSchemes.UnionWith(["http", "https", "mailto"]);
        gate.RemovingTag += static (_, removing) => DroppedElements.OnRemoving(removing, instead: "");
        return gate;
    }
}
