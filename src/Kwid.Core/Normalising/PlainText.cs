using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>
/// Text as Kwid stores it: Unicode NFC without control characters, bidirectional controls, invisible characters,
/// lone surrogates, or anything else that XML 1.0 forbids.
/// </summary>
internal static partial class PlainText
{
    /// <summary>A title as one line of text. Where the format does not say that it is HTML, only what is plainly markup is removed.</summary>
    public static string FromTitle(string? title, bool isMarkup, Uri address)
    {
        if (title is null) return "";
        return isMarkup ? Fold(HtmlSanitiser.Sanitise(title, address).Text) : FromText(Inline().Replace(Paired().Replace(title, ""), ""));
    }

    /// <summary>One line of text; references that survived XML (sources escape twice) are decoded once more.</summary>
    public static string FromText(string? text) => text is null ? "" : Fold(WebUtility.HtmlDecode(text));

    /// <summary>Cleans, and makes every run of white space one blank, with none at the ends.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Clean(text))
        {
            if (!char.IsWhiteSpace(c)) folded.Append(c);
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }

        return folded.ToString().TrimEnd(' ');
    }

    /// <summary>Removes what must not be in any text of ours; white space stays as it is.</summary>
    public static string Clean(string text)
    {
        if (IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            i += length;
            if (status != OperationStatus.Done || IsUnwanted(rune.Value)) continue;
            clean.Append(IsControl(rune.Value) ? " " : rune.ToString());
        }

        return clean.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>At most that many characters, cut at a word where there is one, with "…" at the cut.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = text.LastIndexOf(' ', most - 1);
        if (end < most / 2) end = most - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }

    private static bool IsClean(string text)
    {
        foreach (var c in text)
            if (c > 0x7E || (c < ' ' && c is not ('\n' or '\r' or '\t'))) return false;
        return true;
    }

    /// <summary>C0 and C1 but for white space: they stood between something.</summary>
    private static bool IsControl(int code) => (code < 0x20 && code is not (9 or 10 or 13)) || code is >= 0x7F and <= 0x9F;

    /// <summary>
    /// Bidirectional controls (they make a text read otherwise than it is), what is invisible and breaks comparisons (soft hyphen, zero width
    /// space and no-break space, word joiner), and noncharacters.
    /// </summary>
    private static bool IsUnwanted(int code) =>
        code is 0x61C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x206F)
            or 0xAD or 0x200B or 0x2060 or 0xFEFF or (>= 0xFDD0 and <= 0xFDEF) or (>= 0xE0000 and <= 0xE007F)
        || (code & 0xFFFE) == 0xFFFE;

    [GeneratedRegex(@"<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>|<iframe\b[^>]*>.*?</iframe\s*>|<!--.*?-->", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Paired();

    [GeneratedRegex(@"</?(?:a|abbr|acronym|b|big|blockquote|br|cite|code|del|div|em|embed|font|frame|h[1-6]|hr|i|iframe|img|input|ins|kbd|li|link|meta|object|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|svg|tt|u|ul|wbr)(?:\s[^<>]*|/)?>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Inline();
}
