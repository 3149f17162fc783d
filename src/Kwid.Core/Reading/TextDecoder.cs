using System.Text;
using System.Text.RegularExpressions;

namespace Kwid.Core.Reading;

/// <summary>
/// Turns a body into text: byte order mark, else the HTTP charset, else the XML declaration, else UTF-8 where the bytes are valid, else a page's
/// meta element, else what <see cref="CharsetDetector"/> guesses. A label that the bytes contradict is not believed: a source that mixes them up must still be readable.
/// </summary>
internal static partial class TextDecoder
{
    /// <summary>How far into a body it may declare its encoding, in bytes (HTML: 1,024; some pages come to it later).</summary>
    private const int Declaring = 4_096;

    /// <summary>Decodes the whole body into a rented buffer, to be disposed of; what no encoding explains becomes U+FFFD.</summary>
    public static DecodedText Rent(ReadOnlySpan<byte> body, string? contentType)
    {
        var (encoding, mark) = FindEncoding(body, contentType);
        return DecodedText.Of(body[mark..], encoding);
    }

    /// <summary>The encoding, and the length of the byte order mark.</summary>
    private static (Encoding Encoding, int Mark) FindEncoding(ReadOnlySpan<byte> body, string? contentType)
    {
        if (FindByMark(body) is var (marked, length) && marked is not null) return (marked, length);
        if (FindWide(body) is { } wide) return (wide, 0);
        if (IsShifted(body)) return (Charsets.Find("iso-2022-jp")!, 0);
        var head = Encoding.Latin1.GetString(body[..Math.Min(body.Length, Declaring)]);
        var byHttp = Charsets.Find(HttpCharset().Match(contentType ?? "").Groups["name"].Value);
        var byDocument = Charsets.Find(XmlEncoding().Match(head).Groups["name"].Value);
        var encoding = Narrow(byHttp) ?? Narrow(byDocument);
        var mark = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        // Web servers put their default charset on files that they have not looked into.
        var mayBeUtf8 = encoding is null or { CodePage: 65001 } || byDocument is { CodePage: 65001 } || (encoding.IsSingleByte && !System.Text.Ascii.IsValid(body));
        if (mayBeUtf8 && IsUtf8(body)) return (Encoding.UTF8, mark);
        return encoding is null or { CodePage: 65001 } ? (FindDamaged(body, head, Narrow(byDocument)), mark) : (encoding, 0);
    }

    private static (Encoding? Encoding, int Length) FindByMark(ReadOnlySpan<byte> body) => body switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (IsUtf8(body) ? Encoding.UTF8 : null, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => (null, 0),
    };

    /// <summary>UTF-16 and UTF-32 without a mark show themselves by the zeros beside the first '&lt;' (XML 1.0, appendix F).</summary>
    private static Encoding? FindWide(ReadOnlySpan<byte> body) => body switch
    {
        [0x3C, 0, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0, 0x3C, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        [0x3C, 0, not 0, 0, ..] => Encoding.Unicode,
        [0, 0x3C, 0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>The bytes of "&lt;?xml" stood there one by one, so a label of two or four bytes a character is wrong.</summary>
    private static Encoding? Narrow(Encoding? encoding) => encoding is { CodePage: 1200 or 1201 or 12000 or 12001 } ? null : encoding;

    private static bool IsUtf8(ReadOnlySpan<byte> body) => System.Text.Unicode.Utf8.IsValid(body);

    /// <summary>ISO 2022 switches to Japanese by an escape sequence, which no other text has.</summary>
    private static bool IsShifted(ReadOnlySpan<byte> body) => body.IndexOf("\e$B"u8) >= 0 && body.IndexOf("\e("u8) >= 0;

    /// <summary>Bytes that are not valid UTF-8: still UTF-8 if most of what is not ASCII is valid, else what a page says, else a guess.</summary>
    private static Encoding FindDamaged(ReadOnlySpan<byte> body, string head, Encoding? declared)
    {
        var text = Encoding.UTF8.GetString(body).AsSpan();
        var (damaged, beyondAscii) = (text.Count('\uFFFD'), 0);
        foreach (var c in text)
            if (c > 0x7F) beyondAscii++;
        if (damaged * 2 <= beyondAscii) return Encoding.UTF8;
        if (declared is { CodePage: not 65001 }) return declared;
        return Charsets.Find(MetaCharset().Match(head).Groups["name"].Value) is { CodePage: not 65001 } byPage ? byPage : CharsetDetector.Detect(body);
    }

    [GeneratedRegex("""charset\s*=\s*["']?\s*(?<name>[^\s"';]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HttpCharset();

    [GeneratedRegex("""<\?xml\s[^>]*?encoding\s*=\s*["']\s*(?<name>[^\s"']+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex XmlEncoding();

    [GeneratedRegex("""<meta\s[^>]*?charset\s*=\s*["']?\s*(?<name>[^\s"'>;/]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MetaCharset();
}
