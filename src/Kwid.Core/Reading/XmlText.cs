using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using AngleSharp.Html;

namespace Kwid.Core.Reading;

/// <summary>
/// Text of an XML document as its author meant it: references replaced, HTML's named ones too, characters that XML 1.0 forbids dropped (§2.2),
/// line ends as '\n' (§2.11). '&amp;' that begins nothing stays.
/// </summary>
internal static class XmlText
{
    /// <summary>Longest name between '&amp;' and ';' (CounterClockwiseContourIntegral has 31 letters).</summary>
    private const int LongestEntity = 33;

    private static readonly SearchValues<char> Special = SearchValues.Create([.. "&\r\uFFFE\uFFFF", .. Range('\0', '\b'), '\v', '\f', .. Range('\u000E', '\u001F'), .. Range('\uD800', '\uDFFF')]);

    /// <summary>Decodes text or an attribute's value.</summary>
    public static string Decode(ReadOnlySpan<char> raw, DeclaredEntities entities) => Mojibake.Repair(Clean(raw, entities));

    /// <summary>The text of a CDATA section: without references, cleaned all the same.</summary>
    public static string OfCharacterData(ReadOnlySpan<char> raw) => Mojibake.Repair(Clean(raw, null));

    private static string Clean(ReadOnlySpan<char> raw, DeclaredEntities? entities)
    {
        var next = raw.IndexOfAny(Special);
        if (next < 0) return raw.ToString();
        var text = new StringBuilder(raw.Length);
        while (next >= 0)
        {
            text.Append(raw[..next]);
            raw = raw[(next + TakeSpecial(raw[next..], entities, text))..];
            next = raw.IndexOfAny(Special);
        }

        return text.Append(raw).ToString();
    }

    /// <summary>Handles what the text begins with; returns how many characters that was.</summary>
    private static int TakeSpecial(ReadOnlySpan<char> rest, DeclaredEntities? entities, StringBuilder text)
    {
        if (rest[0] == '&' && entities is not null) return TakeReference(rest, entities, text);
        if (rest[0] == '\r')
        {
            if (rest.Length == 1 || rest[1] != '\n') text.Append('\n');
            return 1;
        }

        if (char.IsHighSurrogate(rest[0]) && rest.Length > 1 && char.IsLowSurrogate(rest[1]))
        {
            text.Append(rest[..2]);
            return 2;
        }

        if (XmlConvert.IsXmlChar(rest[0])) text.Append(rest[0]);
        return 1;
    }

    private static int TakeReference(ReadOnlySpan<char> rest, DeclaredEntities entities, StringBuilder text)
    {
        var end = rest[..Math.Min(LongestEntity, rest.Length)].IndexOf(';');
        if (end > 1 && Append(rest[1..end], entities, text)) return end + 1;
        text.Append('&');
        return 1;
    }

    /// <summary>Appends what stands for the name; false when it is none.</summary>
    private static bool Append(ReadOnlySpan<char> name, DeclaredEntities entities, StringBuilder text)
    {
        var known = name switch { "amp" => '&', "lt" => '<', "gt" => '>', "quot" => '"', "apos" => '\'', _ => '\0' };
        if (known != '\0') text.Append(known);
        else if (name[0] == '#') return AppendCharacter(name[1..], text);
        else if (entities.Find(name.ToString()) is { } declared) text.Append(declared);
        else if (HtmlEntityProvider.Resolver.GetSymbol($"{name};") is { } symbol) text.Append(symbol);
        else return false;
        return true;
    }

    private static bool AppendCharacter(ReadOnlySpan<char> digits, StringBuilder text)
    {
        var hex = digits.Length > 0 && digits[0] is 'x' or 'X';
        if (hex) digits = digits[1..];
        if (digits.IsEmpty) return false;
        if (!int.TryParse(digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return !hex && !digits.ContainsAnyExceptInRange('0', '9');   // a number, but of no character: nothing stands for it
        if (code is >= 0x80 and <= 0x9F) text.Append(Charsets.Western.GetString([(byte)code]));   // meant as windows-1252, as browsers read it
        else if (Rune.IsValid(code) && code is not (0xFFFE or 0xFFFF) && (code >= 0x20 || code is 9 or 10 or 13)) text.Append(new Rune(code));
        return true;
    }

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(i => (char)i);
}
