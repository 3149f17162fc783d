using System.Globalization;

namespace Kwid.Core.Reading;

/// <summary>One child of an XML feed: an entry, or an element of its head.</summary>
/// <param name="IsEntry">False for an element of the feed's head.</param>
/// <param name="Base">What relative addresses around it are relative to (xml:base of its ancestors).</param>
/// <param name="Language">xml:lang of its ancestors; null when none says.</param>
/// <param name="Line">Where it begins, 1-based.</param>
internal sealed record FeedPiece(FeedElement Element, bool IsEntry, Uri Base, string? Language, int Line)
{
    /// <summary>In <see cref="Vocabulary"/>'s spelling.</summary>
    public string Name => Element.Name;
}

/// <summary>
/// One forgiving pass over an XML feed, piece by piece. Tags that were not closed end where what is around them ends, tags that close nothing
/// are passed over; only what the document's end cuts off is lost, and told.
/// </summary>
internal sealed class XmlFeedWalk
{
    /// <summary>Most entries read of any document; the rest is left out, and told.</summary>
    public const int MostEntries = 20_000;

    /// <summary>Most feeds and channels inside each other.</summary>
    private const int MostContainers = 64;

    private readonly XmlScanner _scanner;
    private readonly Namespaces _namespaces;
    private readonly Stack<Container> _open = new();
    private readonly List<string> _faults = [];
    private readonly Queue<FeedPiece> _swallowed = new();
    private readonly FeedElementReader _reader;
    private readonly Uri _address;
    private bool _isHeld;
    private XmlToken _token;
    private int _entries;
    private bool _hasEnded;

    /// <param name="body">The feed.</param>
    /// <param name="address">What relative addresses are relative to.</param>
    /// <param name="own">See <see cref="Namespaces"/>.</param>
    public XmlFeedWalk(SniffedBody body, Uri address, string own = "")
    {
        _namespaces = new Namespaces(own);
        _scanner = new XmlScanner(body.Text, body.Start);
        _reader = new FeedElementReader(_scanner, _namespaces, _open);
        _address = address;
    }

    /// <summary>What was lost so far, each with its line.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The root's attributes; empty until the first piece was found.</summary>
    public IReadOnlyDictionary<string, string> RootAttributes { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The next piece; null at the end of the feed.</summary>
    public FeedPiece? FindNext()
    {
        if (_swallowed.TryDequeue(out var swallowed)) return swallowed;
        while (Step() is var token)
        {
            if (token == XmlToken.End)
            {
                if (_open.Count > 0) _faults.Add($"line {Line()}: the document ends before </{_open.Last().Name}>; it may have been cut off.");
                return null;
            }

            if (token == XmlToken.Close) _hasEnded |= CloseContainer();
            if (token != XmlToken.Start) continue;
            var name = _namespaces.Begin(_scanner, _open.Count + 1, out var attributes);
            if (IsContainer(name.Name)) Enter(name, attributes);
            else if (_hasEnded && _open.Count == 0 && !IsEntry(name.Name)) _namespaces.Leave(0);   // what was put behind the feed
            else return _entries == MostEntries && IsEntry(name.Name) ? StopHere() : ReadPiece(name, attributes);
        }

        return null;
    }

    /// <summary>Notes that a fault of ours cost a piece.</summary>
    public void Fail(FeedPiece piece, Exception fault) =>
        _faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {piece.Line}: Kwid failed on what begins here ({fault.GetType().Name}: {fault.Message}); it was left out, please report it."));

    private XmlToken Step()
    {
        if (_isHeld) _isHeld = false;
        else _token = _scanner.Next();
        return _token;
    }

    private void Enter(ElementName name, List<(string Name, string Value)>? attributes)
    {
        string? Find(string wanted) => attributes?.Find(attribute => attribute.Name == wanted).Value;
        if (_open.Count == 0 && RootAttributes.Count == 0 && attributes is not null)
            RootAttributes = attributes.DistinctBy(attribute => attribute.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (_scanner.IsEmpty || _open.Count == MostContainers) return;
        var around = _open.TryPeek(out var container) ? container : new Container("", "", _address, null);
        _open.Push(new Container(name.Name, name.Written, XmlBase.Resolve(around.Base, Find("xml:base")), Find("xml:lang") is { Length: > 0 } language ? language : around.Language));
    }

    /// <summary>A container's end tag ends all that is in it; true when it was the root's.</summary>
    private bool CloseContainer()
    {
        var depth = 0;
        foreach (var container in _open)
        {
            depth++;
            if (!_scanner.Name.Equals(container.Written, StringComparison.OrdinalIgnoreCase)) continue;
            while (depth-- > 0) _open.Pop();
            _namespaces.Leave(_open.Count);
            return _open.Count == 0;
        }

        return false;
    }

    private FeedPiece? ReadPiece(ElementName name, List<(string Name, string Value)>? attributes)
    {
        var line = Line();
        var around = _open.TryPeek(out var container) ? container : new Container("", "", _address, null);
        var isEntry = IsEntry(name.Name);
        var element = _reader.Read(name, attributes);
        _namespaces.Leave(_open.Count);
        if (element is null)
        {
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {Line()}: the document ends inside what begins in line {line}, which was left out."));
            return null;
        }

        _isHeld = _reader.HoldsToken;
        _token = _reader.Token;
        if (isEntry) _entries++;
        // A field of the head that nobody closed held what stood behind it.
        else if (_isHeld)
            foreach (var field in element.TakeFields()) _swallowed.Enqueue(new FeedPiece(field, false, around.Base, around.Language, line));
        return new FeedPiece(element, isEntry, around.Base, around.Language, line);
    }

    private FeedPiece? StopHere()
    {
        _faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {Line()}: {MostEntries} entries are too many; the rest of the document was left out."));
        return null;
    }

    private int Line() => _scanner.LineAt(_scanner.TokenStart);

    private static bool IsContainer(string name) => name is "rss" or "rdf:rdf" or "channel" or "feed";

    /// <summary>Whether an element of that name is an entry.</summary>
    public static bool IsEntry(string name) => name is "item" or "entry" or AtomReader.Tombstone;
}

/// <summary>An open element that holds entries.</summary>
/// <param name="Written">Its name as the tag has it.</param>
internal sealed record Container(string Name, string Written, Uri Base, string? Language);
