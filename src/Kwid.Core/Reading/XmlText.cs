using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using AngleSharp.Html;

namespace Kwid.Core.Reading;

/// <summary>
/// Texts of one XML document as its author meant them: references replaced, HTML's named ones too, characters that XML 1.0 forbids dropped (§2.2),
/// line ends as '\n' (§2.11), UTF-8 that was read as windows-1252 mended. '&amp;' that begins nothing stays.
/// </summary>
internal sealed class XmlText(DecodedText document)
{
    /// <summary>Longest name between '&amp;' and ';' (CounterClockwiseContourIntegral has 31 letters).</summary>
    private const int LongestEntity = 33;

    /// <summary>Control characters but tab and line feed.</summary>
    private static readonly SearchValues<char> Unwanted = SearchValues.Create([.. Range('\0', '\b'), .. Range('\v', '\u001F')]);

    private bool? _isOdd;

    /// <summary>Entities that the document type declares.</summary>
    public DeclaredEntities Entities { get; } = new();

    /// <summary>Whether any text can need more than its references replaced: nearly no document has one, so it is looked at once.</summary>
    private bool IsDocumentOdd => _isOdd ??= IsOdd(document.AsSpan()) || Mojibake.IsLikely(document.AsSpan());

    /// <summary>Decodes text or an attribute's value.</summary>
    public string Decode(ReadOnlySpan<char> raw)
    {
        var first = raw.IndexOf('&');
        var isOdd = IsDocumentOdd;
        var text = first < 0 ? raw.ToString() : Replace(raw, first, ref isOdd);
        return isOdd ? Mojibake.Repair(Clean(text)) : text;
    }

    /// <summary>The text of a CDATA section, in which references mean nothing.</summary>
    public string OfCharacterData(ReadOnlySpan<char> raw) => IsDocumentOdd ? Mojibake.Repair(Clean(raw.ToString())) : raw.ToString();

    private string Replace(ReadOnlySpan<char> raw, int next, ref bool isOdd)
    {
        var text = new ValueText(raw.Length);
        while (next >= 0)
        {
            text.Append(raw[..next]);
            raw = raw[next..];
            raw = raw[TakeReference(raw, ref text, ref isOdd)..];
            next = raw.IndexOf('&');
        }

        text.Append(raw);
        return text.Finish();
    }

    /// <summary>Appends what stands for the reference that the text begins with; returns its length.</summary>
    private int TakeReference(ReadOnlySpan<char> rest, ref ValueText text, ref bool isOdd)
    {
        var length = rest switch
        {
            ['&', 'l', 't', ';', ..] => text.Append('<', 4),
            ['&', 'g', 't', ';', ..] => text.Append('>', 4),
            ['&', 'a', 'm', 'p', ';', ..] => text.Append('&', 5),
            ['&', 'q', 'u', 'o', 't', ';', ..] => text.Append('"', 6),
            _ => 0,
        };
        if (length > 0) return length;
        var end = rest[..Math.Min(LongestEntity, rest.Length)].IndexOf(';');
        if (end > 2 && rest[1] == '#' && FindCode(rest[2..end]) is { } code) return TakeCharacter(code, end + 1, ref text, ref isOdd);
        if (end < 2 || Find(rest[1..end]) is not { } found) return text.Append('&', 1);
        isOdd = true;
        text.Append(found);
        return end + 1;
    }

    /// <summary>Appends the character of that code; nothing stands for a code of none.</summary>
    private static int TakeCharacter(int code, int length, ref ValueText text, ref bool isOdd)
    {
        if (code is >= 0x20 and < 0x80 or >= 0xA0 and < 0xD800) text.Append((char)code, 1);
        else if (code is >= 0x80 and <= 0x9F) text.Append(Charsets.Western.GetString([(byte)code]));   // meant as windows-1252, as browsers read it
        else if (Rune.IsValid(code)) text.Append(new Rune(code).ToString());
        // Controls and noncharacters are dropped with those of the text; bytes of UTF-8 are put together there.
        isOdd |= code is < 0x20 or >= 0x80 and <= 0x9F or >= 0xC2 and <= 0xF4 or >= 0xFFFE;
        return length;
    }

    /// <summary>What stands for the name; null when it is none.</summary>
    private string? Find(ReadOnlySpan<char> name)
    {
        if (name is "apos") return "'";
        var written = name.ToString();
        return Entities.Find(written) ?? HtmlEntityProvider.Resolver.GetSymbol($"{written};");
    }

    /// <summary>The code in decimal or, behind an x, hexadecimal digits; null when they are none. Too large a number is a code of no character.</summary>
    private static int? FindCode(ReadOnlySpan<char> digits)
    {
        var isHex = digits[0] is 'x' or 'X';
        if (isHex) digits = digits[1..];
        if (int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code >= 0) return code;
        return !digits.IsEmpty && !digits.ContainsAnyExcept(isHex ? "0123456789abcdefABCDEF" : "0123456789") ? int.MaxValue : null;
    }

    /// <summary>Whether it may have a character to drop: a control, half of a pair (whole ones are here too), a noncharacter.</summary>
    private static bool IsOdd(ReadOnlySpan<char> text) => text.ContainsAny(Unwanted) || text.ContainsAnyExceptInRange('\0', '\uD7FF');

    private static string Clean(string text)
    {
        if (!IsOdd(text)) return text;
        var clean = new ValueText(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i)) clean.Append(text.AsSpan(i++, 2));
            else if (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) clean.Append('\n', 1);
            else if (text[i] != '\r' && XmlConvert.IsXmlChar(text[i])) clean.Append(text[i], 1);
        }

        return clean.Finish();
    }

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(i => (char)i);

    /// <summary>A text that grows in a rented buffer.</summary>
    private ref struct ValueText(int length)
    {
        private char[] _buffer = ArrayPool<char>.Shared.Rent(length);
        private int _length;

        public void Append(ReadOnlySpan<char> text)
        {
            if (text.Length > _buffer.Length - _length) Grow(text.Length);
            text.CopyTo(_buffer.AsSpan(_length));
            _length += text.Length;
        }

        /// <summary>Appends one character; returns <paramref name="taken"/>.</summary>
        public int Append(char c, int taken)
        {
            if (_length == _buffer.Length) Grow(1);
            _buffer[_length++] = c;
            return taken;
        }

        public readonly string Finish()
        {
            var text = new string(_buffer, 0, _length);
            ArrayPool<char>.Shared.Return(_buffer);
            return text;
        }

        private void Grow(int more)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + more));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
