using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Kwid.Core.Reading;

/// <summary>One child of an XML feed: an entry, or an element of its head.</summary>
/// <param name="Name">In <see cref="Vocabulary"/>'s spelling.</param>
/// <param name="IsEntry">False for an element of the feed's head.</param>
/// <param name="Base">What relative addresses around it are relative to (xml:base of its ancestors).</param>
/// <param name="Language">xml:lang of its ancestors; null when none says.</param>
/// <param name="Line">Where it begins, 1-based.</param>
internal sealed record FeedPiece(XElement Element, string Name, bool IsEntry, Uri Base, string? Language, int Line);

/// <summary>
/// One forgiving pass over an XML feed, piece by piece. Where the XML breaks, the walk notes the fault and goes on at the next entry,
/// so that one broken entry costs no other.
/// </summary>
internal sealed partial class XmlFeedWalk : IDisposable
{
    /// <summary>After so many faults the rest of a document is given up.</summary>
    private const int MostFaults = 50;

    private readonly string _xml;
    private readonly XmlNamespaceManager _namespaces = new(new NameTable());
    private readonly Stack<Container> _open = new();
    private readonly List<string> _faults = [];
    private readonly Uri _address;
    private XmlReader _reader;
    private int _linesBefore;
    private int _shift;
    private (int Line, int Position)? _piece;
    private int _mute;

    public XmlFeedWalk(SniffedBody body, Uri address)
    {
        (_xml, var prefixes) = XmlRepair.Repair(body.Text, body.Start);
        _address = address;
        foreach (var prefix in prefixes)
            if (!prefix.StartsWith("xml", StringComparison.OrdinalIgnoreCase)) _namespaces.AddNamespace(prefix, Vocabulary.NamespaceOf(prefix));
        _reader = Open(_xml);
    }

    /// <summary>What broke so far, each with its line.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The root's attributes; empty until the first piece was found.</summary>
    public IReadOnlyDictionary<string, string> RootAttributes { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The next piece; null at the end of the feed.</summary>
    public FeedPiece? FindNext()
    {
        while (true)
        {
            try
            {
                return Advance();
            }
            catch (XmlException fault)
            {
                if (!Resume(fault)) return null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private FeedPiece? Advance()
    {
        if (_piece is not null || _reader.ReadState == ReadState.Initial)
        {
            _piece = null;
            _reader.Read();
        }

        while (!_reader.EOF)
        {
            if (_reader.NodeType == XmlNodeType.EndElement && _open.TryPop(out _) && _open.Count == 0) return null;
            if (_reader.NodeType == XmlNodeType.Element)
            {
                var name = Vocabulary.Name(_reader.NamespaceURI, _reader.LocalName);
                if (!IsContainer(name)) return ReadPiece(name);
                if (_mute > 0) _mute--;
                else Enter();
            }

            _reader.Read();
        }

        return null;
    }

    private void Enter()
    {
        if (_open.Count == 0 && RootAttributes.Count == 0) RootAttributes = ReadAttributes();
        if (_reader.IsEmptyElement) return;
        foreach (var (prefix, space) in ((IXmlNamespaceResolver)_reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
            _namespaces.AddNamespace(prefix, space);
        var outer = _open.TryPeek(out var container) ? container.Base : _address;
        _open.Push(new Container(_reader.Name, XmlBase.Resolve(outer, _reader.GetAttribute("base", XmlBase.Namespace)), _reader.XmlLang is { Length: > 0 } language ? language : null));
    }

    private Dictionary<string, string> ReadAttributes()
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (_reader.MoveToNextAttribute()) attributes[_reader.Name] = _reader.Value;
        _reader.MoveToElement();
        return attributes;
    }

    private FeedPiece ReadPiece(string name)
    {
        var place = (IXmlLineInfo)_reader;
        var line = place.LineNumber + _linesBefore;
        _piece = (line, Position(place.LineNumber, place.LinePosition));
        var around = _open.TryPeek(out var container) ? container : new Container("", _address, null);
        return new FeedPiece(XmlElementReader.Read(_reader), name, IsEntry(name), around.Base, around.Language, line);
    }

    /// <summary>Notes the fault and opens a reader at the next entry behind it; false when there is none.</summary>
    private bool Resume(XmlException fault)
    {
        var line = fault.LineNumber + _linesBefore;
        var behind = _piece is { } broken ? IndexOf(broken.Line, broken.Position) + 1 : IndexOf(line, Position(fault.LineNumber, fault.LinePosition));
        var next = EntryStart().Match(_xml, Math.Min(behind, _xml.Length));
        _faults.Add($"line {line}: {Reason(fault)}{(_piece is { } piece ? $" What begins in line {piece.Line} was left out." : " What follows was left out.")}");
        if (!next.Success) return false;
        if (_faults.Count >= MostFaults)
        {
            _faults.Add($"line {LineOf(next.Index)}: {MostFaults} faults are too many; the rest of the document was left out.");
            return false;
        }

        _reader.Dispose();
        _piece = null;
        var tags = OpenTags();
        _linesBefore = LineOf(next.Index) - 1;
        _shift = next.Index - IndexOf(_linesBefore + 1, 1) - tags.Length;
        _mute = _open.Count;
        _reader = Open($"{tags}{_xml.AsSpan(next.Index)}");
        return true;
    }

    private string OpenTags()
    {
        var tags = new StringBuilder();
        foreach (var container in _open.Reverse()) tags.Append('<').Append(container.QualifiedName).Append('>');
        return tags.ToString();
    }

    private XmlReader Open(string xml) => XmlReader.Create(
        new StringReader(xml),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = 64_000_000,
            MaxCharactersFromEntities = 1,
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        },
        new XmlParserContext(_namespaces.NameTable, _namespaces, null, XmlSpace.None));

    /// <summary>The parser's own words without places: ours count from the document's first line, a later reader's do not.</summary>
    private static string Reason(XmlException fault) => Place().Replace(fault.Message, "");

    /// <summary>The place in its line of the whole text: a later reader's first line begins with tags of ours.</summary>
    private int Position(int readerLine, int position) => readerLine == 1 ? position + _shift : position;

    private int IndexOf(int line, int position)
    {
        var index = 0;
        for (var passed = 1; passed < line; passed++)
        {
            var found = _xml.AsSpan(index).IndexOfAny('\n', '\r');
            if (found < 0) return _xml.Length;
            index += found + (_xml[index + found] == '\r' && index + found + 1 < _xml.Length && _xml[index + found + 1] == '\n' ? 2 : 1);
        }

        return Math.Clamp(index + position - 1, 0, _xml.Length);
    }

    private int LineOf(int index)
    {
        var before = _xml.AsSpan(0, index);
        return 1 + before.Count('\n') + before.Count('\r') - before.Count("\r\n");
    }

    private static bool IsContainer(string name) => name is "rss" or "rdf:rdf" or "channel" or "feed" or "atom:feed";

    private static bool IsEntry(string name) => name is "item" or "entry" or "atom:entry";

    [GeneratedRegex(@"<(?:[A-Za-z_][\w.-]*:)?(?:item|entry)[\s/>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex EntryStart();

    [GeneratedRegex(@" on line [0-9]+ position [0-9]+| Line [0-9]+, position [0-9]+\.$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    private sealed record Container(string QualifiedName, Uri Base, string? Language);
}
