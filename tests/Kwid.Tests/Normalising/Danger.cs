using AngleSharp.Html.Parser;

namespace Kwid.Tests.Normalising;

/// <summary>Looks at HTML as a browser would, for what must not be in it.</summary>
internal static class Danger
{
    private static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "meta", "base", "link", "template", "svg", "math", "form", "input", "button", "select", "textarea", "plaintext", "xmp", "noscript",
    };

    /// <summary>The first element, handler or address that could do something; null when there is none.</summary>
    public static string? In(string html)
    {
        using var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument($"<!doctype html><html><body>{html}");
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            if (Tags.Contains(element.LocalName) || !element.LocalName.All(char.IsAsciiLetterOrDigit)) return $"<{element.LocalName}>";
            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc" or "action" or "formaction") return $"{attribute.Name}=";
                if (attribute.Name is "href" or "src" or "poster" && attribute.Value.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
                    && attribute.Value[..colon].Trim().ToUpperInvariant() is "JAVASCRIPT" or "VBSCRIPT" or "DATA") return $"{attribute.Name}={attribute.Value}";
            }
        }

        return null;
    }
}
