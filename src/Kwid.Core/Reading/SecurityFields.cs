using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>Fields of feeds about advisories: mod_sec of JVN (jvn.jp/rss/mod_sec) and DFN-CERT's <c>dfncert:</c>.</summary>
internal static class SecurityFields
{
    /// <summary>Adds what <c>sec:references</c> names by its id or its text, and what <c>dfncert:cve</c> lists with blanks between.</summary>
    public static void AddReferences(FeedElement element, List<string> references)
    {
        if (element.Find("id") is { } id) references.Add(id.Trim());
        if (ElementMarkup.Text(element) is not { } text) return;
        references.AddRange(text.Split([' ', '\t', '\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>A base score; null for other scores and for a number that is none.</summary>
    public static Cvss? FindScore(FeedElement element)
    {
        if (element.Find("type") is { } type && !type.Equals("Base", StringComparison.OrdinalIgnoreCase)) return null;
        if (element.Find("version") is not { } version) return null;
        return double.TryParse(element.Find("score"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) && score <= 10
            ? new Cvss(version.Trim(), score, element.Find("vector")?.Trim())
            : null;
    }
}
