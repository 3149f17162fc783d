using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using AngleSharp.Html;

namespace Kwid.Core.Reading;

/// <summary>
/// Makes what sources call XML acceptable to an XML parser, without moving any line: drops declaration, document type, comments and characters
/// illegal in XML 1.0, replaces HTML's named entities, and escapes '&amp;' and '&lt;' that begin nothing.
/// </summary>
internal sealed class XmlRepair
{
    /// <summary>Longest entity between '&amp;' and ';' (CounterClockwiseContourIntegral has 31 letters).</summary>
    private const int LongestEntity = 33;

    private static readonly SearchValues<char> Special = SearchValues.Create([.. "<&\uFFFE\uFFFF", .. Range('\0', '\b'), '\v', '\f', .. Range('\u000E', '\u001F'), .. Range('\uD800', '\uDFFF')]);

    private readonly string _text;
    private readonly StringBuilder _out;
    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal);
    private int _at;

    private XmlRepair(string text) => (_text, _out) = (text, new StringBuilder(text.Length + 64));

    /// <summary>Repairs the text from <paramref name="start"/> on; what stands before is reduced to its line ends.</summary>
    /// <returns>The XML, and every prefix used in it, declared or not.</returns>
    public static (string Xml, IReadOnlySet<string> Prefixes) Repair(string text, int start)
    {
        var repair = new XmlRepair(text);
        repair.DropTo(start);
        while (repair._at < text.Length) repair.Step();
        return (repair._out.ToString(), repair._prefixes);
    }

    private void Step()
    {
        var run = _text.AsSpan(_at).IndexOfAny(Special);
        var end = run < 0 ? _text.Length : _at + run;
        _out.Append(_text, _at, end - _at);
        _at = end;
        if (_at == _text.Length) return;
        if (_text[_at] == '<') Markup();
        else if (_text[_at] == '&') Entity();
        else Character();
    }

    private void Markup()
    {
        if (Follows("<!--")) DropTo(After("-->", 4));
        else if (Follows("<![CDATA[")) CharacterData(After("]]>", 9));
        else if (Follows("<?")) DropTo(After("?>", 2));
        else if (Follows("<!DOCTYPE")) DropTo(AfterDocumentType());
        else if (_at + 1 < _text.Length && (IsNameStart(_text[_at + 1]) || (_text[_at + 1] == '/' && _at + 2 < _text.Length && IsNameStart(_text[_at + 2])))) Tag();
        else
        {
            _out.Append("&lt;");
            _at++;
        }
    }

    /// <summary>Copies a tag up to its '&gt;', or to a '&lt;' that shows that it never ends.</summary>
    private void Tag()
    {
        _out.Append(_text[_at++]);
        if (_text[_at] == '/') _out.Append(_text[_at++]);
        var quote = '\0';
        var nameStart = true;
        while (_at < _text.Length && _text[_at] != '<')
        {
            var c = _text[_at];
            if (quote == '\0' && nameStart && IsNameStart(c))
            {
                Name();
                nameStart = false;
                continue;
            }

            if (c == '&') Entity();
            else Character();
            if (quote == '\0' && c == '>') return;
            if (c == quote) quote = '\0';
            else if (quote == '\0' && c is '"' or '\'') quote = c;
            nameStart = char.IsWhiteSpace(c);
        }
    }

    private void Name()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '.' or ':')) _at++;
        _out.Append(_text, start, _at - start);
        var colon = _text.IndexOf(':', start, _at - start);
        if (colon > start) _prefixes.Add(_text[start..colon]);
    }

    private void CharacterData(int end)
    {
        while (_at < end)
        {
            var run = _text.AsSpan(_at, end - _at).IndexOfAny(Special);
            var stop = run < 0 ? end : _at + run;
            _out.Append(_text, _at, stop - _at);
            _at = stop;
            if (_at < end) Character();
        }
    }

    /// <summary>Copies one character, or drops it when XML 1.0 forbids it (§2.2).</summary>
    private void Character()
    {
        var c = _text[_at];
        if (char.IsHighSurrogate(c) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]))
        {
            _out.Append(c).Append(_text[_at + 1]);
            _at += 2;
            return;
        }

        if (XmlConvert.IsXmlChar(c)) _out.Append(c);
        _at++;
    }

    private void Entity()
    {
        var end = _text.IndexOf(';', _at, Math.Min(LongestEntity, _text.Length - _at));
        var replacement = end < 0 ? null : Replacement(_text[(_at + 1)..end]);
        _out.Append(replacement ?? "&amp;");
        _at = replacement is null ? _at + 1 : end + 1;
    }

    /// <summary>What stands for the entity; empty for an illegal character, null when it is none.</summary>
    private static string? Replacement(string name)
    {
        if (name is "amp" or "lt" or "gt" or "quot" or "apos") return $"&{name};";
        if (name.StartsWith('#')) return Reference(name);
        return name.All(char.IsAsciiLetterOrDigit) ? HtmlEntityProvider.Resolver.GetSymbol($"{name};") is { } symbol ? Escape(symbol) : null : null;
    }

    private static string? Reference(string name)
    {
        var hex = name.Length > 1 && name[1] is 'x' or 'X';
        var digits = name.AsSpan(hex ? 2 : 1);
        if (!int.TryParse(digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return digits.Length > 0 && digits.IndexOfAnyExceptInRange('0', '9') < 0 ? "" : null;
        if (code is >= 0x80 and <= 0x9F) return Charsets.Western.GetString([(byte)code]);   // meant as windows-1252, as browsers read it
        if (!Rune.IsValid(code) || code is 0xFFFE or 0xFFFF || (code < 0x20 && code is not (9 or 10 or 13))) return "";
        return code is 10 or 13 ? $"&#{code};" : Escape(new Rune(code).ToString());   // as reference: a line end must not move the lines
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&apos;", StringComparison.Ordinal);

    private void DropTo(int end)
    {
        for (; _at < end; _at++)
            if (_text[_at] is '\n' or '\r') _out.Append(_text[_at]);
    }

    private bool Follows(string what) => _text.AsSpan(_at).StartsWith(what, StringComparison.OrdinalIgnoreCase);

    private int After(string what, int skip)
    {
        var found = _text.IndexOf(what, Math.Min(_at + skip, _text.Length), StringComparison.Ordinal);
        return found < 0 ? _text.Length : found + what.Length;
    }

    private int AfterDocumentType()
    {
        var depth = 0;
        for (var i = _at; i < _text.Length; i++)
        {
            if (_text[i] == '[') depth++;
            else if (_text[i] == ']') depth--;
            else if (_text[i] == '>' && depth <= 0) return i + 1;
        }

        return _text.Length;
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(i => (char)i);
}
