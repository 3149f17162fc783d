namespace Kwid.Core.Sources.Csaf;

/// <summary>What a <see cref="CsafWalk"/> remembers: its provider, and of each document in each index how far it is. A text that is not ours is none: then all begins anew.</summary>
internal sealed class CsafMemory
{
    private const int MostGone = 10_000;

    private List<IndexMemory> _indexes;
    private Dictionary<DocumentKey, DocumentMark> _marks;

    private CsafMemory(CsafProvider? provider, IEnumerable<IndexMemory> indexes, Dictionary<DocumentKey, DocumentMark> marks) =>
        (Provider, _indexes, _marks) = (provider, [.. indexes], marks);

    /// <summary>The provider; null before the first poll.</summary>
    public CsafProvider? Provider { get; private set; }

    /// <summary>Its indexes; a document's key has their number.</summary>
    public IReadOnlyList<IndexMemory> Indexes => _indexes;

    /// <summary>The memory from its text.</summary>
    public static CsafMemory Read(string? cursor) =>
        CsafMemoryText.TryParse(cursor) is { } text && DocumentMarks.TryRead(text.Documents, text.Indexes.Count) is { } marks
            ? new CsafMemory(text.Provider, text.Indexes, marks)
            : new CsafMemory(null, [], []);

    /// <summary>The memory as text.</summary>
    public string Write() => new CsafMemoryText { Provider = Provider, Indexes = _indexes, Documents = DocumentMarks.Write(_marks) }.Write();

    /// <summary>
    /// Takes over what the provider says now. An index that it no longer names is remembered for one more poll, since another may list the same documents.
    /// </summary>
    public void Follow(CsafProvider provider)
    {
        Forget(index => IsNamed(Provider, index.Address) || IsNamed(provider, index.Address));
        Provider = provider;
        foreach (var place in provider.Indexes.Where(place => !_indexes.Exists(index => index.Address == place.Address)))
            if (_indexes.Count < byte.MaxValue - 1) _indexes.Add(new IndexMemory(place.Address));
    }

    /// <summary>Number of an index that the provider names.</summary>
    public byte NumberOf(IndexPlace place) => (byte)_indexes.FindIndex(index => index.Address == place.Address);

    /// <summary>Puts another memory of an index in its place.</summary>
    public void Set(byte index, IndexMemory memory) => _indexes[index] = memory;

    /// <summary>What is known of a document by one index; null: nothing.</summary>
    public DocumentMark? Find(byte index, ulong address) => _marks.TryGetValue(new DocumentKey(index, address), out var mark) ? mark : null;

    /// <summary>What any index knows of a document.</summary>
    public IEnumerable<(byte Index, DocumentMark Mark)> FindAll(ulong address)
    {
        for (var index = 0; index < _indexes.Count; index++)
            if (Find((byte)index, address) is { } mark) yield return ((byte)index, mark);
    }

    /// <summary>Remembers a document.</summary>
    public void Set(byte index, ulong address, DocumentMark mark) => _marks[new DocumentKey(index, address)] = mark;

    /// <summary>Whether a document of the index is to be asked by now, whatever the index says: then no 304 may stand before it.</summary>
    public bool IsAnyDue(byte index, uint now) => _marks.Any(each => each.Key.Index == index && each.Value.IsDue(now));

    /// <summary>Forgets documents that an index lists no longer once they are too many; those that are kept may come back without being news.</summary>
    public void Forget(byte index, IReadOnlySet<ulong> listed)
    {
        if (_marks.Keys.Count(key => key.Index == index) <= MostGone + 2 * listed.Count) return;
        _marks = _marks.Where(each => each.Key.Index != index || listed.Contains(each.Key.Address)).ToDictionary();
    }

    private void Forget(Predicate<IndexMemory> isKept)
    {
        if (_indexes.TrueForAll(isKept)) return;
        var kept = _indexes.FindAll(isKept);
        var numbers = _indexes.ConvertAll(index => kept.IndexOf(index));
        _marks = _marks.Where(each => numbers[each.Key.Index] >= 0).ToDictionary(each => each.Key with { Index = (byte)numbers[each.Key.Index] }, each => each.Value);
        _indexes = kept;
    }

    private static bool IsNamed(CsafProvider? provider, Uri address) => provider is not null && provider.Indexes.Any(place => place.Address == address);
}
