namespace Kwid.Core.Reading;

/// <summary>Reads one child of a feed into memory, within bounds, and mends what its author left open.</summary>
internal sealed class FeedElementReader(XmlScanner scanner, FeedElementReader.BeginTag begin, Namespaces namespaces, Stack<Container> around)
{
    /// <summary>Deepest nesting kept; of what is nested deeper only the text is.</summary>
    private const int MostLevels = 200;

    /// <summary>Most elements kept of one piece; of those behind only the text is.</summary>
    private const int MostElements = 10_000;

    private readonly List<(FeedElement Element, string Written)> _open = [];
    private int _elements;

    /// <summary>Declares a start tag's namespaces and resolves its name.</summary>
    public delegate (string Name, string Local) BeginTag(out List<(string Name, string Value)>? attributes, int depth);

    /// <summary>The token that ended the piece.</summary>
    public XmlToken Token { get; private set; }

    /// <summary>Whether that token belongs to what comes behind the piece.</summary>
    public bool HoldsToken { get; private set; }

    /// <summary>Reads the element whose start tag the scanner stands on; null when the document ends in it.</summary>
    public FeedElement? Read(string name, string local, List<(string Name, string Value)>? attributes, bool isEntry)
    {
        var root = Open(name, local, attributes);
        if (scanner.IsEmpty) return root;
        while (_open.Count > 0)
        {
            Token = scanner.Next();
            if (Token == XmlToken.End) return null;
            if (Token == XmlToken.Text) TakeText();
            else if (Token == XmlToken.Close) CloseElement();
            else if (TakeStart(isEntry ? name : null)) HoldsToken = true;
            if (HoldsToken) EndFrom(0);
        }

        return root;
    }

    private FeedElement Open(string name, string local, List<(string Name, string Value)>? attributes)
    {
        var element = new FeedElement(name, local);
        if (attributes is not null)
            foreach (var (written, value) in attributes) AddAttribute(element, written, value);
        if (_open.Count > 0) _open[^1].Element.Add(element);
        if (!scanner.IsEmpty) _open.Add((element, scanner.Name.ToString()));
        return element;
    }

    private void AddAttribute(FeedElement element, string written, string value)
    {
        if (written == "xmlns" || written.StartsWith("xmlns:", StringComparison.Ordinal)) return;
        var isPlain = !written.Contains(':', StringComparison.Ordinal) || written.StartsWith("xml:", StringComparison.OrdinalIgnoreCase);
        element.Add(new FeedAttribute(isPlain ? written : namespaces.Resolve(written).Name, value));
    }

    private void TakeText()
    {
        if (_open.Count > 1 || !scanner.IsBlank) _open[^1].Element.Add(scanner.Value);
    }

    /// <summary>True when the tag begins the next entry, because this one was never closed. Inside foreign elements an entry may hold others.</summary>
    private bool TakeStart(string? entryName)
    {
        if (_open.Count >= MostLevels || ++_elements > MostElements) return false;
        var (name, local) = begin(out var attributes, around.Count + _open.Count + 1);
        if (name == entryName && _open.Skip(1).All(open => Vocabulary.IsField(open.Element.Name))) return true;
        Open(name, local, attributes);
        return false;
    }

    private void CloseElement()
    {
        var found = _open.FindLastIndex(open => scanner.Name.SequenceEqual(open.Written));
        if (found < 0) found = _open.FindLastIndex(open => scanner.Name.Equals(open.Written, StringComparison.OrdinalIgnoreCase));
        if (found >= 0) EndFrom(found);
        else HoldsToken = around.Any(container => scanner.Name.Equals(container.Written, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Ends the elements from that level on. Where the piece ends, those still open were never closed: fields inside them stood behind them.</summary>
    private void EndFrom(int level)
    {
        for (var i = 1; level == 0 && i < _open.Count; i++)
            foreach (var field in _open[i].Element.TakeFields()) _open[0].Element.Add(field);
        _open.RemoveRange(level, _open.Count - level);
        namespaces.Leave(around.Count + _open.Count);
    }
}
