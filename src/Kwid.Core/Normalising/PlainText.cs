using System.Buffers;
using System.Globalization;
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
    /// <summary>Most combining marks on one character (UAX 15, Stream-Safe Text Format); putting more into order costs the square of their number.</summary>
    private const int MostMarks = 30;

    /// <summary>Longest title read, in characters, before markup is taken off.</summary>
    private const int LongestTitle = 20_000;

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(char.IsWhiteSpace)]);

    private static readonly SearchValues<char> OtherWhiteSpace = SearchValues.Create([.. Enumerable.Range('\0', char.MaxValue + 1).Select(c => (char)c).Where(c => c != ' ' && char.IsWhiteSpace(c))]);

    /// <summary>A title as one line of text. Where the format does not say that it is HTML, only what is plainly markup is removed.</summary>
    public static string FromTitle(string? title, bool isMarkup, Uri address)
    {
        if (title is null) return "";
        var head = title.Length <= LongestTitle ? title : title[..LongestTitle];
        if (isMarkup) return Fold(HtmlSanitiser.Sanitise(head, address).Text);
        return FromText(head.Contains('<', StringComparison.Ordinal) ? Inline().Replace(Paired().Replace(head, ""), "") : head);
    }

    /// <summary>One line of text; references that survived XML (sources escape twice) are decoded once more.</summary>
    public static string FromText(string? text) => text is null ? "" : Fold(WebUtility.HtmlDecode(text));

    /// <summary>Cleans, and makes every run of white space one blank, with none at the ends.</summary>
    public static string Fold(string text)
    {
        if (IsFolded(text)) return text;
        var clean = Clean(text);
        var folded = new StringBuilder(clean.Length);
        foreach (var range in clean.AsSpan().SplitAny(WhiteSpace))
        {
            var word = clean.AsSpan()[range];
            if (word.IsEmpty) continue;
            if (folded.Length > 0) folded.Append(' ');
            folded.Append(word);
        }

        return folded.ToString();
    }

    /// <summary>Whether <see cref="Fold"/> would change nothing, as far as a quick look can tell.</summary>
    public static bool IsFolded(ReadOnlySpan<char> text) =>
        text.IsEmpty || (text[0] != ' ' && text[^1] != ' ' && text.IndexOf("  ", StringComparison.Ordinal) < 0 && IsPlain(text) && text.IndexOfAny(OtherWhiteSpace) < 0);

    /// <summary>Removes what must not be in any text of ours; white space stays as it is.</summary>
    public static string Clean(string text) => IsPlain(text) ? text : WithoutUnwanted(text).Normalize(NormalizationForm.FormC);

    /// <summary>As <see cref="Clean"/>, for HTML: no mark is left behind a tag, where NFC would join it with the sign that ends the tag.</summary>
    public static string CleanMarkup(string html) => IsPlain(html) ? html : WithoutMarksBehindTags(WithoutUnwanted(html)).Normalize(NormalizationForm.FormC);

    /// <summary>Text that may follow a tag: marks at its beginning belong to nothing.</summary>
    public static ReadOnlySpan<char> WithoutLeadingMarks(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done && IsMark(rune)) text = text[length..];
        return text;
    }

    /// <summary>
    /// Whether a text is clean, as far as a quick look can tell: characters of European languages and their signs, which no normalisation form
    /// composes, decomposes or reorders (Unicode Standard Annex 15).
    /// </summary>
    public static bool IsPlain(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOfAnyExceptInRange(' ', '~');
            if (at < 0) return true;
            if (!IsPlain(text[at])) return false;
            text = text[(at + 1)..];
        }
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

    private static string WithoutMarksBehindTags(string html)
    {
        var safe = new StringBuilder(html.Length);
        for (var rest = html.AsSpan(); ;)
        {
            var end = rest.IndexOf('>') + 1;
            if (end == 0) return safe.Append(rest).ToString();
            safe.Append(rest[..end]);
            rest = WithoutLeadingMarks(rest[end..]);
        }
    }

    private static bool IsPlain(char c) =>
        c is '\n' or '\r' or '\t' or (>= ' ' and <= '~') or (>= '\u00A0' and < '\u0300' and not '\u00AD') or (>= '\u2010' and <= '\u2027') or (>= '\u2030' and <= '\u205E') or (>= '\u20A0' and <= '\u20BF');

    /// <summary>Run by run: what stands between two characters that go is copied in one piece.</summary>
    private static string WithoutUnwanted(string text)
    {
        var clean = new StringBuilder(text.Length);
        var (start, marks) = (0, 0);
        for (var i = 0; i < text.Length;)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            marks = status == OperationStatus.Done && IsMark(rune) ? marks + 1 : 0;
            var isControl = IsControl(rune.Value);
            if (status != OperationStatus.Done || isControl || marks > MostMarks || IsUnwanted(rune.Value))
            {
                clean.Append(text, start, i - start);
                if (isControl) clean.Append(' ');
                start = i + length;
            }

            i += length;
        }

        return start == 0 ? text : clean.Append(text, start, text.Length - start).ToString();
    }

    private static bool IsMark(Rune rune) => rune.Value >= 0x300 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

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
