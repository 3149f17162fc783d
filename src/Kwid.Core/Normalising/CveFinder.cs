using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>CVE ids in texts and addresses, also when a typesetter made dashes of their hyphens.</summary>
internal static partial class CveFinder
{
    /// <summary>Most ids of one entry; the largest WID document names 598.</summary>
    private const int Most = 5_000;

    /// <summary>All ids in the texts, distinct, sorted; null texts are passed over.</summary>
    public static IReadOnlyList<CveId> Find(IEnumerable<string?> texts)
    {
        SortedSet<CveId> found = [];
        foreach (var text in texts)
        {
            if (text is null) continue;
            foreach (Match match in Pattern().Matches(text))
            {
                var id = $"CVE-{match.Groups["year"].Value}-{match.Groups["number"].Value}";
                if (CveId.IsValid(id) && found.Count < Most) found.Add(new CveId(id));
            }
        }

        return [.. found];
    }

    // Dashes: hyphen-minus, U+2010 to U+2015, minus sign, small and full-width hyphen; a blank or underscore after CVE too. Digits are ASCII.
    [GeneratedRegex(@"\bCVE[\s_]*[-\u2010-\u2015\u2212\uFE63\uFF0D\s_][\s_]*(?<year>(?:19|20)[0-9]{2})[-\u2010-\u2015\u2212\uFE63\uFF0D_](?<number>[0-9]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
