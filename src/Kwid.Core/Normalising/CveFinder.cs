using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>CVE ids in texts and addresses, also when a typesetter made dashes of their hyphens.</summary>
internal static class CveFinder
{
    /// <summary>Most ids of one entry; the largest WID document names 598.</summary>
    private const int Most = 5_000;

    private const string Prefix = "CVE";

    /// <summary>All ids in the texts, distinct, sorted; null texts are passed over.</summary>
    public static IReadOnlyList<CveId> Find(IEnumerable<string?> texts)
    {
        HashSet<string>? found = null;
        foreach (var text in texts) Find(text, ref found);
        return found is null ? [] : [.. found.Select(id => new CveId(id)).Order()];
    }

    private static void Find(ReadOnlySpan<char> text, ref HashSet<string>? found)
    {
        var isWord = false;
        for (var at = text.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            isWord = at > 0 ? IsWord(text[at - 1]) : isWord;
            text = text[(at + Prefix.Length)..];
            var isPart = isWord;
            isWord = true;
            if (!isPart && Number(text) is { } number && (found?.Count ?? 0) < Most) (found ??= new(StringComparer.Ordinal)).Add(number);
        }
    }

    /// <summary>The id whose year and number follow: a dash or blank, also several blanks, four digits, a dash, and digits to their end.</summary>
    private static string? Number(ReadOnlySpan<char> behind)
    {
        var (start, dashes) = (0, 0);
        while (start < behind.Length && (IsBlank(behind[start]) || (IsDash(behind[start]) && dashes++ == 0))) start++;
        if (start == 0 || behind.Length < start + 6) return null;
        var year = behind.Slice(start, 4);
        if (!(year.StartsWith("19", StringComparison.Ordinal) || year.StartsWith("20", StringComparison.Ordinal)) || !char.IsAsciiDigit(year[2]) || !char.IsAsciiDigit(year[3])) return null;
        if (behind[start + 4] != '_' && !IsDash(behind[start + 4])) return null;
        var digits = behind[(start + 5)..];
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        if (length < 0) length = digits.Length;
        return length is >= 4 and <= 19 ? $"CVE-{year}-{digits[..length]}" : null;
    }

    /// <summary>A blank or underscore, as file names have it.</summary>
    private static bool IsBlank(char c) => c == '_' || char.IsWhiteSpace(c);

    /// <summary>Hyphen-minus, U+2010 to U+2015, minus sign, small and full-width hyphen.</summary>
    private static bool IsDash(char c) => c is '-' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFE63' or '\uFF0D';

    /// <summary>As \b of a pattern has it.</summary>
    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '\u200C' or '\u200D'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ConnectorPunctuation;
}
