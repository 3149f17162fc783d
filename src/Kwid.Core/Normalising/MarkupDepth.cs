using System.Net;
using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>
/// Counts how many elements markup leaves open, before a parser sees it: an HTML parser's work grows with the square of that
/// number, so that some kilobytes of opening tags could keep a processor busy for minutes.
/// </summary>
internal static partial class MarkupDepth
{
    /// <summary>Elements that have no end tag or need none.</summary>
    private static readonly HashSet<string> Unnested = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "source",
        "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    };

    /// <summary>Whether at some place more elements than that are open.</summary>
    public static bool Exceeds(string markup, int most)
    {
        Dictionary<string, int> open = new(StringComparer.OrdinalIgnoreCase);
        var depth = 0;
        foreach (var match in Tag().EnumerateMatches(markup))
        {
            var closes = markup[match.Index + 1] == '/';
            var name = markup.Substring(match.Index + (closes ? 2 : 1), match.Length - (closes ? 2 : 1));
            if (Unnested.Contains(name)) continue;
            var count = open.GetValueOrDefault(name) + (closes ? -1 : 1);
            if (count < 0) continue;
            open[name] = count;
            depth += closes ? -1 : 1;
            if (depth > most) return true;
        }

        return false;
    }

    /// <summary>The text between the tags, without that of scripts and style sheets.</summary>
    public static string WithoutTags(string markup) => WebUtility.HtmlDecode(AnyTag().Replace(markup, " "));

    [GeneratedRegex("</?[A-Za-z][A-Za-z0-9:-]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>|</?[A-Za-z][^>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AnyTag();
}
