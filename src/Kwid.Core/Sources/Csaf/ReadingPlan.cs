using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>What is to be read in one poll, and how the memory changes with it.</summary>
/// <param name="memory">What is known; it is changed.</param>
/// <param name="history">Older documents are only listed at the first import.</param>
/// <param name="now">UTC.</param>
internal sealed class ReadingPlan(CsafMemory memory, TimeSpan history, DateTimeOffset now)
{
    private static readonly TimeSpan Watched = TimeSpan.FromDays(30);

    private readonly Dictionary<Uri, DocumentWork> _work = [];
    private readonly HashSet<Uri> _failing = [];
    private readonly List<string> _listed = [];

    /// <summary>Names of documents that were listed now and are not read.</summary>
    public IReadOnlyList<string> Listed => _listed;

    /// <summary>Names of documents that are listed and were asked in vain the last time.</summary>
    public IEnumerable<string> Failing => _failing.Select(IndexEntry.NameOf).Order(StringComparer.Ordinal);

    /// <summary>All that is to be read, the most urgent first; at which the walk broke off last, in turn.</summary>
    public IReadOnlyList<DocumentWork> Work =>
        [.. _work.Values.OrderBy(work => work.PutOff).ThenBy(work => work.Turn)
            .ThenByDescending(work => work.Entry.Updated ?? DateTimeOffset.MinValue).ThenByDescending(work => work.Entry.Address.AbsoluteUri, StringComparer.Ordinal)];

    /// <summary>Takes in what an index lists. At its first time all that it lists is remembered at once.</summary>
    public void Add(byte index, IndexPlace place, IndexContent content)
    {
        var entries = content.Entries.Select(entry => (Entry: entry, Hash: DocumentKey.HashOf(entry.Address))).ToList();
        if (memory.Indexes[index].Since is null) Import(index, entries);
        foreach (var (entry, hash) in entries)
            if (TurnOf(index, hash, entry) is { } turn) Add(index, place, entry, hash, turn);
        memory.Forget(index, entries.Select(each => each.Hash).ToHashSet());
    }

    /// <summary>A document was read.</summary>
    /// <param name="work">Which.</param>
    /// <param name="isInterim">Whether it may change without notice.</param>
    /// <param name="isVerified">Whether nothing speaks against its bytes; else it is looked at again, since that may be mended.</param>
    public void Done(DocumentWork work, bool isInterim, bool isVerified)
    {
        _work.Remove(work.Entry.Address);
        _failing.Remove(work.Entry.Address);
        foreach (var (index, updated) in work.Indexes)
        {
            var hash = DocumentKey.HashOf(work.Entry.Address);
            var looks = memory.Find(index, hash) is { State: DocumentState.Read, IsFailing: false } known && known.Updated == updated ? Next(known.Tries) : (byte)1;
            var pause = updated == 0 || !isVerified ? DocumentMark.PauseAfterLook(looks) : isInterim && updated > Seconds(now - Watched) ? DocumentMark.PauseAfterLook(1) : TimeSpan.Zero;
            memory.Set(index, hash, new DocumentMark(DocumentState.Read, updated) { Due = pause > TimeSpan.Zero ? Seconds(now + pause) : 0, Tries = looks });
        }
    }

    /// <summary>A document was asked in vain: it is asked again after ever longer pauses, at last daily, for ever.</summary>
    public void Failed(DocumentWork work)
    {
        _work.Remove(work.Entry.Address);
        _failing.Add(work.Entry.Address);
        foreach (var (index, _) in work.Indexes)
        {
            var hash = DocumentKey.HashOf(work.Entry.Address);
            var known = KnownOf(index, hash);
            var tries = known.IsFailing ? Next(known.Tries) : (byte)1;
            memory.Set(index, hash, known with { IsFailing = true, IsPutOff = false, Tries = tries, Due = Seconds(now + DocumentMark.PauseAfterFailure(tries)) });
        }
    }

    /// <summary>The walk broke off at a document, but it may have been the host's fault: the others come first next time, or it would break off there for ever.</summary>
    public void PutOff(DocumentWork work)
    {
        var hash = DocumentKey.HashOf(work.Entry.Address);
        foreach (var (index, _) in work.Indexes) memory.Set(index, hash, KnownOf(index, hash) with { IsPutOff = true, Due = Seconds(now) });
    }

    /// <summary>Whether all that the index wants read was read.</summary>
    public bool IsDone(byte index) => !_work.Values.Any(work => work.Indexes.Any(each => each.Index == index));

    private void Import(byte index, List<(IndexEntry Entry, ulong Hash)> entries)
    {
        foreach (var (entry, hash) in entries)
        {
            var known = memory.FindAll(hash).Select(each => (DocumentMark?)each.Mark).FirstOrDefault();
            var state = entry.Updated < now - history ? DocumentState.Listed : DocumentState.Pending;
            if (known is null && state == DocumentState.Listed) _listed.Add(entry.Name);
            memory.Set(index, hash, known ?? new DocumentMark(state, Seconds(entry.Updated)));
        }

        memory.Set(index, memory.Indexes[index] with { Since = now });
    }

    private DocumentTurn? TurnOf(byte index, ulong hash, IndexEntry entry)
    {
        if (memory.Find(index, hash) is not { } mark) return DocumentTurn.News;
        var isDue = mark.IsDue(Seconds(now));
        if (mark.IsFailing) _failing.Add(entry.Address);
        if (mark.IsFailing) return isDue ? DocumentTurn.Retry : null;
        if (mark.State == DocumentState.Pending) return DocumentTurn.Import;
        if (mark.State == DocumentState.New || (entry.Updated is not null && Seconds(entry.Updated) != mark.Updated)) return DocumentTurn.News;
        return isDue ? DocumentTurn.Look : null;
    }

    private void Add(byte index, IndexPlace place, IndexEntry entry, ulong hash, DocumentTurn turn)
    {
        var label = place.IsOpen ? null : place.Label;
        var here = (index, Seconds(entry.Updated));
        _work[entry.Address] = _work.TryGetValue(entry.Address, out var work)
            ? work with { Indexes = [.. work.Indexes, here], Turn = turn < work.Turn ? turn : work.Turn, Label = work.Label is null || label is null ? null : label }
            : new DocumentWork(entry, [here], turn, NewsSince(hash, entry)) { Label = label, PutOff = memory.Find(index, hash) is { IsPutOff: true } known ? known.Due : 0 };
    }

    private DocumentMark KnownOf(byte index, ulong hash) => memory.Find(index, hash) ?? new DocumentMark(DocumentState.New, 0);

    /// <summary>
    /// What was read before tells its changes; of what was only listed, only what came after that is news. What is listed late and is older than what a first import
    /// reads is history, too: a provider adds former years, or files its documents elsewhere.
    /// </summary>
    private DateTimeOffset? NewsSince(ulong hash, IndexEntry entry)
    {
        var known = memory.FindAll(hash).ToList();
        if (known.Exists(each => each.Mark.State == DocumentState.Read)) return null;
        var starts = known.Where(each => each.Mark.State == DocumentState.Pending).Select(each => memory.Indexes[each.Index].Since);
        var listings = known.Where(each => each.Mark.State == DocumentState.Listed).Select(each => (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(each.Mark.Updated));
        return starts.Max() ?? listings.Max() ?? (entry.Updated < now - history ? now : null);
    }

    private static byte Next(byte tries) => Math.Min((byte)(tries + 1), DocumentMark.MostTries);

    private static uint Seconds(DateTimeOffset? instant) => instant is { } at ? (uint)Math.Clamp(at.ToUnixTimeSeconds(), 0, uint.MaxValue) : 0;
}
