using AngleSharp;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Kwid.Core.Normalising;

/// <summary>
/// A source's own HTML without what is active in it: for people who look at a feed with <c>kwid read</c>. What Kwid publishes goes through
/// <see cref="HtmlSanitiser"/>, which keeps far less.
/// </summary>
public static class SafeMarkup
{
    private const int MostLevels = 200;

    private static readonly IBrowsingContext Context = BrowsingContext.New(Configuration.Default);

    private static readonly HtmlSanitizer Gate = CreateGate();

    /// <summary>The markup with harmless elements and attributes only; null for null and blank.</summary>
    /// <param name="markup">HTML or plain text.</param>
    /// <param name="address">What relative addresses are made absolute against; null leaves them as they are.</param>
    public static string? Of(string? markup, Uri? address)
    {
        if (string.IsNullOrWhiteSpace(markup)) return null;
        var head = markup.Length <= HtmlSanitiser.MostCharacters ? markup : markup[..HtmlSanitiser.MostCharacters];
        if (head.AsSpan().IndexOfAny('<', '&') < 0) return PlainText.Clean(head);
        if (MarkupDepth.Exceeds(head, MostLevels)) return PlainText.Clean(MarkupDepth.WithoutTags(head));
        return PlainText.Clean(Gate.Sanitize(head, address?.AbsoluteUri ?? ""));
    }

    private static HtmlSanitizer CreateGate()
    {
        var gate = new HtmlSanitizer
        {
            KeepChildNodes = true,
            HtmlParserFactory = static () => new HtmlParser(new HtmlParserOptions { MaximumDepth = 2 * MostLevels, SkipComments = true }, Context),
        };
        gate.AllowedTags.ExceptWith(["form", "input", "button", "select", "option", "optgroup", "textarea", "keygen", "datalist", "map", "area", "style", "menu", "menuitem"]);
        gate.AllowedAttributes.ExceptWith(["style", "action", "method", "target", "background", "usemap", "longdesc", "cite", "accesskey", "tabindex"]);
        gate.AllowedCssProperties.Clear();
        gate.AllowedAtRules.Clear();
        gate.AllowedSchemes.Clear();
        gate.AllowedSchemes.UnionWith(["http", "https", "mailto"]);
        gate.RemovingTag += static (_, removing) =>
        {
            if (HtmlSanitiser.IsDropped(removing.Tag.LocalName)) removing.Tag.TextContent = "";
        };
        return gate;
    }
}
