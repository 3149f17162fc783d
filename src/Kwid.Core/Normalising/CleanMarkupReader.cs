namespace Kwid.Core.Normalising;

/// <summary>Reads markup as long as it is plainly clean; at the first doubt it gives up.</summary>
internal sealed class CleanMarkupReader(string markup)
{
    /// <summary>Deepest nesting; nobody writes deeper in good faith.</summary>
    private const int MostLevels = 30;

    private readonly List<MarkupToken> _tokens = new(32);
    private readonly List<KeyValuePair<string, string>> _attributes = [];
    private readonly List<CleanElement> _open = new(8) { CleanElement.Body };
    private int _at;

    private CleanElement Parent => _open[^1];

    /// <summary>The pieces; null when the markup is not plainly clean.</summary>
    public CleanMarkup? Read()
    {
        while (_at < markup.Length)
        {
            var isRead = markup[_at] != '<' ? ReadText() : _at + 1 < markup.Length && markup[_at + 1] == '/' ? ReadEnd() : ReadStart();
            if (!isRead) return null;
        }

        return _open.Count == 1 ? new CleanMarkup(markup, _tokens, _attributes) : null;
    }

    private bool ReadText()
    {
        var length = markup.AsSpan(_at).IndexOf('<');
        var written = length < 0 ? markup.AsSpan(_at) : markup.AsSpan(_at, length);
        if (!CleanText.IsOrdinary(written)) return false;
        if (!Parent.HoldsText && !IsBlank(written)) return false;
        if (Parent.Name == "pre" && written[0] == '\n' && _tokens[^1].Kind == MarkupTokenKind.Start && _tokens[^1].Text == "pre") return false;   // a parser drops it
        string? decoded = null;
        if (written.Contains('&') && (decoded = CleanText.Decode(written)) is null) return false;
        _tokens.Add(new MarkupToken(MarkupTokenKind.Text, decoded, _at, written.Length));
        _at += written.Length;
        return true;
    }

    /// <summary>Blank for HTML: a no-break space is text.</summary>
    private static bool IsBlank(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(" \n\t") < 0;

    private bool ReadEnd()
    {
        _at += 2;
        var name = ReadName();
        if (_at >= markup.Length || markup[_at] != '>') return false;
        _at++;
        if (Parent == CleanElement.ImpliedSection && name is "table") Close();
        if (_open.Count == 1 || !name.SequenceEqual(Parent.Name) || Parent == CleanElement.ImpliedSection) return false;
        Close();
        return true;
    }

    private bool ReadStart()
    {
        _at++;
        if (CleanElement.Find(ReadName()) is not { } element || _open.Count > MostLevels || !MakeRoom(element)) return false;
        var first = _attributes.Count;
        if (!new CleanAttributes(markup, element, _attributes).Read(ref _at) || _at >= markup.Length) return false;
        if (element.IsVoid && markup[_at] == '/') _at++;
        if (_at >= markup.Length || markup[_at] != '>') return false;
        _at++;
        _tokens.Add(new MarkupToken(MarkupTokenKind.Start, element.Name, first, _attributes.Count - first));
        if (element.IsVoid) _tokens.Add(new MarkupToken(MarkupTokenKind.End, element.Name));
        else _open.Add(element);
        return true;
    }

    /// <summary>Whether the element may begin here; a parser's own table section is opened and closed for it.</summary>
    private bool MakeRoom(CleanElement element)
    {
        if (Parent.Role == ElementRole.Table && element.Role == ElementRole.Row)
        {
            _tokens.Add(new MarkupToken(MarkupTokenKind.Start, CleanElement.ImpliedSection.Name, _attributes.Count));
            _open.Add(CleanElement.ImpliedSection);
        }
        else if (Parent == CleanElement.ImpliedSection && element.Role == ElementRole.Section)
        {
            Close();
        }

        return Parent.Holds(element.Role) && !IsWithinItself(element);
    }

    /// <summary>A link in a link ends it, and of many like formatting elements a parser forgets some.</summary>
    private bool IsWithinItself(CleanElement element)
    {
        if (element.Role != ElementRole.Inline || element.Name == "span") return false;
        for (var i = _open.Count - 1; _open[i].Role == ElementRole.Inline; i--)
            if (_open[i] == element) return true;
        return false;
    }

    private ReadOnlySpan<char> ReadName()
    {
        var start = _at;
        while (_at < markup.Length && markup[_at] is (>= 'a' and <= 'z') or (>= '1' and <= '6')) _at++;
        return markup.AsSpan(start, _at - start);
    }

    private void Close()
    {
        _tokens.Add(new MarkupToken(MarkupTokenKind.End, Parent.Name));
        _open.RemoveAt(_open.Count - 1);
    }
}
