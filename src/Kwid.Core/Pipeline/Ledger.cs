using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>
/// Decides and commits, one document at a time: between a look at what is known and the commit nobody else may learn something, or two sources
/// that bring one advisory would make it twice.
/// </summary>
/// <param name="store">Where it is committed.</param>
/// <param name="known">What is known; changed after each commit.</param>
/// <param name="find">A configured source; null for one that is gone.</param>
/// <param name="time">Dates revisions.</param>
public sealed class Ledger(IEntryStore store, KnownAdvisories known, Func<SourceId, Source?> find, TimeProvider time) : IDisposable
{
    /// <summary>Entries in one transaction.</summary>
    public const int BatchSize = 500;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>How many advisories are known.</summary>
    public int Count => known.Count;

    /// <summary>Commits a document's entries; the state goes with the last batch, so that validators are never ahead of entries.</summary>
    /// <param name="source">Whose words they are.</param>
    /// <param name="entries">Normalised.</param>
    /// <param name="state">The source's state once all is committed.</param>
    /// <param name="stageOf">Where a new advisory starts; a changed one always waits for the next edition.</param>
    /// <param name="dryRun">Decides only: nothing is committed, nothing is learned.</param>
    /// <param name="cancel">Stops between batches: what is committed stays, the rest is read again.</param>
    /// <returns>Counts of new and revised advisories.</returns>
    public async Task<(int New, int Revised)> CommitAsync(
        Source source, IReadOnlyList<Entry> entries, Func<int, SourceState> state, Func<Entry, RevisionStage> stageOf, bool dryRun, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var (added, revised) = (0, 0);
            var chunks = IdentityKeys.OfDocument(entries, source.FormerIds).Chunk(BatchSize).DefaultIfEmpty([]).ToList();
            for (var i = 0; i < chunks.Count; i++)
            {
                var batch = new BatchBuilder(source, time.GetUtcNow(), stageOf, known.Has);
                foreach (var item in chunks[i])
                {
                    var (whole, decision) = await DecideAsync(source, item, cancel);
                    batch.Add(whole, decision);
                }

                added += batch.New;
                revised += batch.Revised;
                if (dryRun) continue;
                var ingest = batch.Build(i == chunks.Count - 1 ? state(added) : null);
                await store.CommitAsync(ingest, cancel);
                known.Learn(ingest.Advisories, ingest.Keys);
            }

            return (added, revised);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What a commit of these entries would decide, and against which revision; nothing is committed.</summary>
    /// <param name="source">Whose words they are.</param>
    /// <param name="items">Normalised, with their keys.</param>
    /// <param name="cancel">Stops between entries.</param>
    public async Task<IReadOnlyList<Comparison>> CompareAsync(Source source, IReadOnlyList<IdentifiedEntry> items, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var comparisons = new List<Comparison>(items.Count);
            foreach (var item in items)
            {
                var (whole, decision) = await DecideAsync(source, item, cancel);
                var own = known.Find(item.Keys) is { } advisory && MayTell(source, advisory) ? advisory : null;
                comparisons.Add(new Comparison(whole.Entry, decision, own is null ? null : await store.FindRevisionAsync(new RevisionKey(own.Id, own.LastRevision), cancel)));
            }

            return comparisons;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>An advisory is told by one source: the first, until it is no longer polled or one speaks that reaches more recipients.</summary>
    private bool MayTell(Source source, Advisory advisory)
    {
        if (advisory.Source == source.Id || find(advisory.Source) is not { IsPolled: true } teller) return true;
        return source.Tlp < teller.Tlp || (source.Tlp == teller.Tlp && source.Deliver < teller.Deliver);
    }

    private async Task<(IdentifiedEntry Item, MatchDecision Decision)> DecideAsync(Source source, IdentifiedEntry item, CancellationToken cancel)
    {
        var advisory = known.Find(item.Keys);
        var mayTell = advisory is not null && MayTell(source, advisory);
        var last = Matcher.NeedsLastRevision(item.Entry, advisory, mayTell)
            ? await store.FindRevisionAsync(new RevisionKey(advisory!.Id, advisory.LastRevision), cancel)
            : null;
        if (last is not null) item = item with { Entry = Excerpts.Complete(item.Entry, last.Entry) };
        return (item, Matcher.Decide(item, advisory, mayTell, last));
    }
}
