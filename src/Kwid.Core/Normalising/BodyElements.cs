namespace Kwid.Core.Normalising;

/// <summary>What elements mean to <see cref="BodyWriter"/>; all others mean nothing, only their text counts.</summary>
internal static class BodyElements
{
    /// <summary>Every name that means something.</summary>
    public static IReadOnlyList<string> Understood { get; } =
    [
        "p", "ul", "ol", "li", "table", "tr", "th", "td", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "a", "strong", "b", "code", "kbd", "samp", "tt", "pre",
        "address", "article", "aside", "blockquote", "br", "caption", "center", "details", "div", "figcaption", "figure", "footer", "header", "hr",
        "main", "nav", "section", "summary", "tbody", "tfoot", "thead", "title",
    ];

    /// <summary>The block that an element becomes; null for none.</summary>
    public static string? BlockOf(string element) => element switch
    {
        "p" or "ul" or "ol" or "li" or "table" or "tr" or "th" or "td" or "dl" or "dt" or "dd" or "h3" or "h4" => element,
        "h1" or "h2" => "h3",
        "h5" or "h6" => "h4",
        _ => null,
    };

    /// <summary>The element within a line that an element becomes; null for none.</summary>
    public static string? InlineOf(string element) => element switch
    {
        "a" => "a",
        "strong" or "b" => "strong",
        "code" or "kbd" or "samp" or "tt" or "pre" => "code",
        _ => null,
    };

    /// <summary>Whether it ends a line of text and is not written.</summary>
    public static bool IsBreak(string element) => element is "address" or "article" or "aside" or "blockquote" or "br" or "caption" or "center" or "details" or "div"
        or "figcaption" or "figure" or "footer" or "header" or "hr" or "main" or "nav" or "pre" or "section" or "summary" or "tbody" or "tfoot" or "thead" or "title";

    /// <summary>Whether a block may stand directly in another.</summary>
    public static bool IsParent(string parent, string child) => parent switch
    {
        "ul" or "ol" => child == "li",
        "dl" => child is "dt" or "dd",
        "table" => child == "tr",
        "tr" => child is "td" or "th",
        _ => true,
    };

    /// <summary>What must stand between such a block and text; null for nothing.</summary>
    public static string? Implied(string parent) => parent switch
    {
        "ul" or "ol" => "li",
        "dl" => "dd",
        "table" => "tr",
        "tr" => "td",
        _ => null,
    };
}
