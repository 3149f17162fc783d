using System.Text;
using System.Text.RegularExpressions;

namespace Kwid.Core.Reading;

/// <summary>
/// Turns a body into text: byte order mark, else the HTTP charset, else the XML declaration or a page's meta element, else UTF-8 where the bytes are
/// valid, else what <see cref="CharsetDetector"/> guesses. A label that the bytes contradict is not believed: a source that mixes them up must still be readable.
/// </summary>
internal static partial class TextDecoder
{
    /// <summary>How far into a body it may declare its encoding, in bytes (HTML: 1,024; some pages come to it later).</summary>
    private const int Declaring = 4_096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes the whole body; what no encoding explains becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> body, string? contentType)
    {
        if (FindByMark(body) is var (marked, length) && marked is not null) return marked.GetString(body[length..]);
        if (FindWide(body) is { } wide) return wide.GetString(body);
        if (IsShifted(body)) return Charsets.Find("iso-2022-jp")!.GetString(body);
        var head = Encoding.Latin1.GetString(body[..Math.Min(body.Length, Declaring)]);
        var byHttp = Charsets.Find(HttpCharset().Match(contentType ?? "").Groups["name"].Value);
        var byDocument = Charsets.Find(XmlEncoding().Match(head).Groups["name"].Value) ?? Charsets.Find(MetaCharset().Match(head).Groups["name"].Value);
        var encoding = Narrow(byHttp) ?? Narrow(byDocument);
        // Web servers put their default charset on files that they have not looked into.
        if (encoding is not { CodePage: 65001 } && (encoding is null || byDocument is { CodePage: 65001 }) && IsUtf8(body)) encoding = StrictUtf8;
        return encoding is null or { CodePage: 65001 } ? DecodeUtf8(body) : encoding.GetString(body);
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

    /// <summary>UTF-8; with invalid bytes still UTF-8 if most of what is not ASCII is valid, else a guess.</summary>
    private static string DecodeUtf8(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        if (IsUtf8(body)) return Encoding.UTF8.GetString(body);
        var text = Encoding.UTF8.GetString(body);
        var damaged = text.AsSpan().Count('\uFFFD');
        var beyondAscii = 0;
        foreach (var c in text)
            if (c > 0x7F) beyondAscii++;
        return damaged * 2 > beyondAscii ? CharsetDetector.Detect(body).GetString(body) : text;
    }

    [GeneratedRegex("""charset\s*=\s*["']?\s*(?<name>[^\s"';]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HttpCharset();

    [GeneratedRegex("""<\?xml\s[^>]*?encoding\s*=\s*["']\s*(?<name>[^\s"']+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex XmlEncoding();

    [GeneratedRegex("""<meta\s[^>]*?charset\s*=\s*["']?\s*(?<name>[^\s"'>;/]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MetaCharset();
}
