using System.Text;

namespace Kwid.Core.Reading;

/// <summary>Atom's text constructs and content (RFC 4287 §3.1, §4.1.3): text, HTML, or XHTML in a div; in 0.3 also in base64.</summary>
internal static class AtomText
{
    /// <summary>The value and whether it is HTML; null when blank, or when the type is nothing people read.</summary>
    public static (string? Value, bool IsMarkup) Read(FeedElement element, XmlBase bases)
    {
        var type = (element.Find("type") ?? "text").Trim();
        if (element.Find("mode") is { } mode && mode.Trim() == "base64") return (FromBase64(element.Value), true);
        if (Is(type, "xhtml", "application/xhtml+xml")) return (Blank(Xhtml(element, bases)), true);
        if (Is(type, "html", "text/html")) return (Blank(element.HasElements ? ElementMarkup.Inner(element, bases) : element.Value), true);
        if (Is(type, "text", "text/plain") || element.HasElements) return ElementMarkup.Read(element, bases);
        if (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)) return (ElementMarkup.Text(element), false);
        return (IsText(type) ? FromBase64(element.Value) : null, true);
    }

    /// <summary>The text as HTML; null when blank.</summary>
    public static string? Html(FeedElement element, XmlBase bases) =>
        Read(element, bases) is (var value, var markup) && value is not null ? markup ? value : ElementMarkup.Escape(value) : null;

    /// <summary>The div's children: the div itself is no part of the content.</summary>
    private static string Xhtml(FeedElement element, XmlBase bases)
    {
        if (!element.HasElements) return element.Value;
        return element.Elements is [{ Local: "div" } div]
            ? ElementMarkup.Inner(div, bases with { Around = XmlBase.Of(element, bases.Around) })
            : ElementMarkup.Inner(element, bases);
    }

    /// <summary>Whether a type that is not text may still hold some: pictures, sounds and archives never do.</summary>
    private static bool IsText(string type) => type.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>Text or HTML in base64 (Atom 0.3's mode, Atom 1.0's foreign types); null when it does not decode to UTF-8.</summary>
    private static string? FromBase64(string value)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? null : Blank(text);
    }

    private static string? Blank(string value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static bool Is(string type, string first, string second) =>
        type.Equals(first, StringComparison.OrdinalIgnoreCase) || type.StartsWith(second, StringComparison.OrdinalIgnoreCase);
}
