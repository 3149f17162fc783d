using System.Buffers;

namespace Kwid.Core.Reading;

/// <summary>What <see cref="XmlScanner"/> stands on.</summary>
internal enum XmlToken
{
    /// <summary>Behind the last token.</summary>
    End,

    /// <summary>A start tag; see <see cref="XmlScanner.Name"/> and <see cref="XmlScanner.Attributes"/>.</summary>
    Start,

    /// <summary>An end tag.</summary>
    Close,

    /// <summary>Text, or a CDATA section.</summary>
    Text,
}

/// <summary>
/// Cuts a text into tags and text, whatever its author took for XML: '&lt;' and '&amp;' that begin nothing are text, comments and processing
/// instructions are passed over, tags need no ends. Never throws, never goes back, so the time grows with the length alone.
/// </summary>
internal sealed class XmlScanner(DecodedText text, int start)
{
    /// <summary>Behind every place: what was searched for never comes.</summary>
    private const int Nowhere = int.MaxValue;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/><\"'=");
    private static readonly SearchValues<char> TagParts = SearchValues.Create("><\"'");

    private (int Start, int Length) _name;
    private (int Start, int Length) _attributes;
    private (int Start, int Length) _value;
    private int _sectionEnd = -1;
    private int _commentEnd = -1;
    private int _subsetEnd = -1;
    private int _itemEnd = -1, _entryEnd = -1;
    private bool _isCharacterData;
    private int _counted;
    private int _line = 1;

    /// <summary>Where the next token begins.</summary>
    private int Position { get; set; } = start;

    /// <summary>Where the current token begins.</summary>
    public int TokenStart { get; private set; } = start;

    /// <summary>Name of the tag as written, with its prefix.</summary>
    public ReadOnlySpan<char> Name => text.AsSpan(_name.Start, _name.Length);

    /// <summary>What stands in a start tag behind its name.</summary>
    public ReadOnlySpan<char> Attributes => text.AsSpan(_attributes.Start, _attributes.Length);

    /// <summary>Whether a start tag ends with '/&gt;'.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Whether the text is white space alone.</summary>
    public bool IsBlank => text.AsSpan(_value.Start, _value.Length).IsWhiteSpace();

    /// <summary>The text, decoded.</summary>
    public string Value
    {
        get
        {
            var written = text.AsSpan(_value.Start, _value.Length);
            return _isCharacterData ? Texts.OfCharacterData(written) : Texts.Decode(written);
        }
    }

    /// <summary>Decodes the document's texts.</summary>
    public XmlText Texts { get; } = new(text);

    /// <summary>Line of a position, 1-based; positions may only rise.</summary>
    public int LineAt(int position)
    {
        if (position > _counted) _line += LineEnds(text.AsSpan(_counted, position - _counted));
        _counted = Math.Max(_counted, position);
        return _line;
    }

    /// <summary>Steps on the next token.</summary>
    public XmlToken Next()
    {
        while (Position < text.Length)
        {
            TokenStart = Position;
            if (text[Position] != '<' || !IsMarkup(Position)) return TakeText();
            var next = text[Position + 1];
            if (next == '?') Position = AfterInstruction();
            else if (next != '!') return next == '/' ? TakeEndTag() : TakeStartTag();
            else if (Follows("<![CDATA[")) return TakeCharacterData();
            else if (Follows("<!--")) Position = AfterComment();
            else Position = AfterDocumentType();
        }

        TokenStart = Position;
        return XmlToken.End;
    }

    /// <summary>Whether the '&lt;' there begins something.</summary>
    private bool IsMarkup(int at)
    {
        if (at + 1 >= text.Length) return false;
        var next = text[at + 1];
        if (next == '/') return at + 2 < text.Length && IsNameStart(text[at + 2]);
        if (next == '!') return Follows("<!--", at) || Follows("<![CDATA[", at) || Follows("<!DOCTYPE", at);
        return next == '?' || IsNameStart(next);
    }

    private XmlToken TakeText()
    {
        var end = Position + 1;
        while (end < text.Length)
        {
            var found = text.AsSpan(end).IndexOf('<');
            end = found < 0 ? text.Length : end + found;
            if (end == text.Length || IsMarkup(end)) break;
            end++;
        }

        _value = (Position, end - Position);
        (_isCharacterData, Position) = (false, end);
        return XmlToken.Text;
    }

    /// <summary>
    /// The section ends at "]]&gt;". One that nobody closed ends where the entry around it does: its author's fault must not swallow
    /// the entries behind, whose own sections would close it.
    /// </summary>
    private XmlToken TakeCharacterData()
    {
        var begin = Position + "<![CDATA[".Length;
        _sectionEnd = Find("]]>", begin, _sectionEnd);
        var inside = text.AsSpan(begin, Math.Min(_sectionEnd, text.Length) - begin);
        var nested = inside.IndexOf("<![CDATA[");
        var scope = nested < 0 ? inside : inside[..nested];
        var entryEnd = nested >= 0 || _sectionEnd == Nowhere ? scope.IndexOf($"</{Name}>") is >= 0 and var own ? own : EntryEnd(scope) : -1;
        _isCharacterData = true;
        _value = (begin, entryEnd >= 0 ? entryEnd : inside.Length);
        Position = entryEnd >= 0 ? begin + entryEnd : Math.Min(begin + inside.Length + 3, text.Length);
        return XmlToken.Text;
    }

    /// <summary>Where the entry's end tag is, or the field's right before it; -1 when there is none.</summary>
    private static int EntryEnd(ReadOnlySpan<char> inside)
    {
        var field = 0;
        for (var at = 0; inside[at..].IndexOf("</") is >= 0 and var found; at += 2)
        {
            at += found;
            if (!inside[at..].StartsWith("</item>", StringComparison.OrdinalIgnoreCase) && !inside[at..].StartsWith("</entry>", StringComparison.OrdinalIgnoreCase)) field = at;
            else return field > 0 && inside[field..at].TrimEnd() is [.., '>'] tag && tag.IndexOf('>') == tag.Length - 1 ? field : at;
        }

        return -1;
    }

    /// <summary>Where it comes next, or <see cref="Nowhere"/>; remembered, so that many unclosed ones do not search the whole text each.</summary>
    private int Find(string what, int from, int known)
    {
        if (known >= from) return known;
        var found = text.AsSpan(from).IndexOf(what);
        return found < 0 ? Nowhere : from + found;
    }

    private XmlToken TakeEndTag()
    {
        TakeName(Position + 2);
        var rest = text.AsSpan(Position).IndexOfAny('>', '<');
        Position = rest < 0 ? text.Length : text[Position + rest] == '>' ? Position + rest + 1 : Position + rest;
        return XmlToken.Close;
    }

    private XmlToken TakeStartTag()
    {
        TakeName(Position + 1);
        var begin = Position;
        var end = FindTagEnd();
        IsEmpty = end > begin && text[end - 1] == '/';
        _attributes = (begin, (IsEmpty ? end - 1 : end) - begin);
        Position = end < text.Length && text[end] == '>' ? end + 1 : end;
        return XmlToken.Start;
    }

    private void TakeName(int at)
    {
        var length = text.AsSpan(at).IndexOfAny(NameEnds);
        _name = (at, length < 0 ? text.Length - at : length);
        Position = at + _name.Length;
    }

    /// <summary>Where the tag's '&gt;' is, or a '&lt;' that shows that it has none. A quote without its partner is no quote.</summary>
    private int FindTagEnd()
    {
        var at = Position;
        while (at < text.Length)
        {
            var found = text.AsSpan(at).IndexOfAny(TagParts);
            if (found < 0) return text.Length;
            at += found;
            if (text[at] is '>' or '<') return at;
            var partner = text.AsSpan(at + 1).IndexOfAny(text[at], '<');
            at += partner >= 0 && text[at + 1 + partner] != '<' ? partner + 2 : 1;
        }

        return text.Length;
    }

    /// <summary>It ends at "?&gt;"; where a tag comes first, at the first '&gt;'.</summary>
    private int AfterInstruction()
    {
        var end = AfterTag();
        if (end == text.Length || text[end - 2] == '?') return end;
        var next = text.AsSpan(end).IndexOf('<');
        var mark = text.AsSpan(end, next < 0 ? text.Length - end : next).IndexOf("?>");
        return mark < 0 ? end : end + mark + 2;
    }

    private int AfterTag()
    {
        var end = text.AsSpan(Position).IndexOf('>');
        return end < 0 ? text.Length : Position + end + 1;
    }

    /// <summary>A comment that nobody closed ends at the next '&gt;', so that it hides no entry.</summary>
    private int AfterComment()
    {
        var begin = Position + 4;
        _commentEnd = Find("-->", begin, _commentEnd);
        var inside = text.AsSpan(begin, Math.Min(_commentEnd, text.Length) - begin);
        var isUnclosed = _commentEnd == Nowhere || (inside.Contains("<!--", StringComparison.Ordinal) && HoldsEntryEnd(begin, _commentEnd));
        return isUnclosed ? AfterTag() : _commentEnd + 3;
    }

    private bool HoldsEntryEnd(int begin, int end)
    {
        _itemEnd = Find("</item>", begin, _itemEnd);
        _entryEnd = Find("</entry>", begin, _entryEnd);
        return Math.Min(_itemEnd, _entryEnd) < end;
    }

    private int AfterDocumentType()
    {
        var end = AfterTag();
        var subset = text.AsSpan(Position, end - Position).IndexOf('[');
        if (subset < 0) return end;
        _subsetEnd = Find("]", Position + subset, _subsetEnd);
        if (_subsetEnd == Nowhere) return end;
        Texts.Entities.Take(text.AsSpan(Position + subset + 1, _subsetEnd - Position - subset - 1));
        Position = _subsetEnd;
        return AfterTag();
    }

    private bool Follows(string what, int? at = null) => text.AsSpan(at ?? Position).StartsWith(what, StringComparison.OrdinalIgnoreCase);

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || (c > 0x7F && char.IsLetter(c));

    private static int LineEnds(ReadOnlySpan<char> passed)
    {
        var returns = passed.Count('\r');
        return passed.Count('\n') + (returns == 0 ? 0 : returns - passed.Count("\r\n"));
    }
}
