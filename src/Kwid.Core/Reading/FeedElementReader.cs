namespace Kwid.Core.Reading;

/// <summary>Reads the children of a feed into memory one by one, within bounds, and mends what their author left open.</summary>
internal sealed class FeedElementReader(XmlScanner scanner, Namespaces namespaces, Stack<Container> around)
{
    /// <summary>Deepest nesting kept; of what is nested deeper only the text is.</summary>
    private const int MostLevels = 200;

    /// <summary>Most elements kept of one piece; of those behind only the text is.</summary>
    private const int MostElements = 10_000;

    private readonly List<(FeedElement Element, ElementName Name)> _open = [];

    /// <summary>How often each name is open; null until an end tag closes something else than the innermost element.</summary>
    private Dictionary<string, int>? _names;
    private int _elements;

    /// <summary>The token that ended the piece.</summary>
    public XmlToken Token { get; private set; }

    /// <summary>Whether that token belongs to what comes behind the piece.</summary>
    public bool HoldsToken { get; private set; }

    /// <summary>Reads the element whose start tag the scanner stands on; null when the document ends in it.</summary>
    public FeedElement? Read(ElementName name, List<(string Name, string Value)>? attributes)
    {
        _open.Clear();
        _names = null;
        (_elements, HoldsToken) = (0, false);
        var root = Open(name, attributes);
        if (scanner.IsEmpty) return root;
        while (_open.Count > 0)
        {
            Token = scanner.Next();
            if (Token == XmlToken.End) return null;
            if (Token == XmlToken.Text) TakeText();
            else if (Token == XmlToken.Close) CloseElement();
            else if (TakeStart()) HoldsToken = true;
            if (HoldsToken) EndFrom(0);
        }

        return root;
    }

    private FeedElement Open(ElementName name, List<(string Name, string Value)>? attributes)
    {
        var element = new FeedElement(name.Name, name.Local);
        if (attributes is not null)
            foreach (var (written, value) in attributes) AddAttribute(element, written, value);
        if (_open.Count > 0) _open[^1].Element.Add(element);
        if (scanner.IsEmpty) return element;
        _open.Add((element, name));
        if (_names is not null) _names[name.Written] = _names.GetValueOrDefault(name.Written) + 1;
        return element;
    }

    private void AddAttribute(FeedElement element, string written, string value)
    {
        if (written.StartsWith("xmlns", StringComparison.Ordinal) && (written.Length == 5 || written[5] == ':')) return;
        var isPlain = !written.Contains(':', StringComparison.Ordinal) || written.StartsWith("xml:", StringComparison.OrdinalIgnoreCase);
        element.Add(new FeedAttribute(isPlain ? written : namespaces.Resolve(written).Name, value));
    }

    private void TakeText()
    {
        if (_open.Count > 1 || !scanner.IsBlank) _open[^1].Element.Add(scanner.Value);
    }

    /// <summary>True when the tag begins the next entry, because this one was never closed. Inside foreign elements an entry may hold others.</summary>
    private bool TakeStart()
    {
        if (_open.Count >= MostLevels || ++_elements > MostElements) return false;
        var name = namespaces.Begin(scanner, around.Count + _open.Count + 1, out var attributes);
        if (XmlFeedWalk.IsEntry(name.Name) && !_open.Exists(open => MayHoldEntries(open.Element))) return true;
        Open(name, attributes);
        return false;
    }

    private static bool MayHoldEntries(FeedElement element) =>
        element.Name.StartsWith("?:", StringComparison.Ordinal) || (element.Name == "content" && element.Find("type")?.EndsWith("xml", StringComparison.OrdinalIgnoreCase) == true);

    private void CloseElement()
    {
        if (scanner.Name.SequenceEqual(_open[^1].Name.Written)) EndFrom(_open.Count - 1);
        else if (IsOpen()) EndFrom(FindOpen(StringComparison.Ordinal) is >= 0 and var found ? found : FindOpen(StringComparison.OrdinalIgnoreCase));
        else HoldsToken = IsAround();
    }

    /// <summary>Whether the end tag closes anything: looked up, because a flood of end tags must not search all levels each.</summary>
    private bool IsOpen()
    {
        _names ??= _open.CountBy(open => open.Name.Written, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return _names.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(scanner.Name);
    }

    /// <summary>The level of the innermost open element that the end tag names; -1 when none does.</summary>
    private int FindOpen(StringComparison comparison)
    {
        var level = _open.Count - 1;
        while (level >= 0 && !scanner.Name.Equals(_open[level].Name.Written, comparison)) level--;
        return level;
    }

    private bool IsAround()
    {
        foreach (var container in around)
            if (scanner.Name.Equals(container.Written, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Ends the elements from that level on. Where the piece ends, those still open were never closed: fields inside them stood behind them.</summary>
    private void EndFrom(int level)
    {
        for (var i = 1; level == 0 && i < _open.Count; i++)
            foreach (var field in _open[i].Element.TakeFields()) _open[0].Element.Add(field);
        while (_open.Count > level)
        {
            var name = _open[^1].Name.Written;
            if (_names is not null && --_names[name] == 0) _names.Remove(name);
            _open.RemoveAt(_open.Count - 1);
        }

        namespaces.Leave(around.Count + _open.Count);
    }
}
