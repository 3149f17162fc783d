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
        if (end < 2 || Find(rest[1..end]) is not { } found) return text.Append('&', 1);
        isOdd = true;
        text.Append(found);
        return end + 1;
    }

    /// <summary>What stands for the name; null when it is none.</summary>
    private string? Find(ReadOnlySpan<char> name)
    {
        if (name[0] == '#') return FindCharacter(name[1..]);
        if (name is "apos") return "'";
        var written = name.ToString();
        return Entities.Find(written) ?? HtmlEntityProvider.Resolver.GetSymbol($"{written};");
    }

    private static string? FindCharacter(ReadOnlySpan<char> digits)
    {
        var hex = digits.Length > 0 && digits[0] is 'x' or 'X';
        if (hex) digits = digits[1..];
        if (digits.IsEmpty) return null;
        if (!int.TryParse(digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return !hex && !digits.ContainsAnyExceptInRange('0', '9') ? "" : null;   // a number, but of no character: nothing stands for it
        if (code is >= 0x80 and <= 0x9F) return Charsets.Western.GetString([(byte)code]);   // meant as windows-1252, as browsers read it
        return Rune.IsValid(code) ? new Rune(code).ToString() : "";
    }

    private static bool IsOdd(ReadOnlySpan<char> text) =>
        text.ContainsAny(Unwanted) || text.ContainsAnyInRange('\uD800', '\uDFFF') || text.ContainsAny('\uFFFE', '\uFFFF');

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
