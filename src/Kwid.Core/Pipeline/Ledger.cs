using System.Collections.Concurrent;
using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>
/// Decides one document at a time, since two sources that bring one advisory would make it twice, and commits it. What was decided is known at once, so that
/// the next document need not wait for the disk, and the store can take several in one transaction; only who speaks of the very same advisory waits.
/// </summary>
/// <param name="store">Where it is committed.</param>
/// <param name="known">What is known; after a commit that failed it is read from the store again.</param>
/// <param name="states">Learn the states that were committed.</param>
/// <param name="find">A configured source; null for one that is gone.</param>
/// <param name="time">Dates revisions.</param>
/// <param name="rules">Name what publishers write of their revisions; null: the built-in ones.</param>
public sealed partial class Ledger(
    IEntryStore store, KnownAdvisories known, SourceStates states, Func<SourceId, Source?> find, TimeProvider time, Func<WordingRules>? rules = null) : IDisposable
{
    /// <summary>Entries in one transaction.</summary>
    public const int BatchSize = 500;

    private readonly Decider _decider = new(store, known, find, rules ?? (() => WordingRules.Default));
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<AdvisoryId, Task> _underWay = new();
    private volatile bool _knowsTooMuch;

    /// <summary>How many advisories are known.</summary>
    public int Count => known.Count;

    /// <summary>Which advisories belong together.</summary>
    public Relations Relations { get; } = new();

    /// <summary>Takes in what is stored; once, before anything else.</summary>
    public void Learn(StoreContents contents)
    {
        known.Learn(contents.Advisories, contents.Keys);
        _decider.Facts.Learn(contents.Facts);
        foreach (var advisory in contents.Advisories) Relations.Learn(advisory);
    }

    /// <summary>After a commit that failed, learns what is stored; to be called before a source's state is relied on.</summary>
    /// <exception cref="StoreException">The store still can't be read.</exception>
    public async Task SettleAsync(CancellationToken cancel)
    {
        if (!_knowsTooMuch) return;
        await _turn.WaitAsync(cancel);
        try
        {
            await KnowAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Commits a document's entries; the state goes with the last batch, so that validators are never ahead of entries.</summary>
    /// <param name="source">Whose words they are.</param>
    /// <param name="entries">Normalised.</param>
    /// <param name="listed">Ids that an index lists besides.</param>
    /// <param name="staging">Where they start.</param>
    /// <param name="state">The source's state, given what came of the entries so far and whether that is all of them.</param>
    /// <param name="dryRun">Decides only: nothing is committed, nothing is learned.</param>
    /// <param name="cancel">Stops between batches: what is committed stays, the rest is read again.</param>
    internal async Task<Taken> CommitAsync(
        Source source, IReadOnlyList<Entry> entries, IReadOnlyList<AdvisoryId> listed, Staging staging, Func<Taken, bool, SourceState> state, bool dryRun, CancellationToken cancel)
    {
        var taken = Taken.Nothing;
        var commit = Task.CompletedTask;
        await _turn.WaitAsync(cancel);
        try
        {
            await KnowAsync(cancel);
            // Of what nobody was told nothing need be taken back.
            var items = IdentityKeys.OfDocument(entries, source.FormerIds).Where(item => !item.Entry.IsTombstone || known.Find(item.Keys).Count > 0).ToList();
            staging.Begin([.. items.Where(item => known.Find(item.Keys).Count == 0).Select(item => item.Entry)]);
            var chunks = items.Chunk(BatchSize).DefaultIfEmpty([]).ToList();
            for (var i = 0; i < chunks.Count; i++)
            {
                var batch = new BatchBuilder(staging, known.Has);
                if (i == 0) batch.AddListed(source.Id, listed.Where(id => !known.Has(IdentityKeys.OfNative(id))).Distinct());
                foreach (var item in chunks[i]) batch.Add(item, await DecideAsync(source, item, staging, cancel));

                taken = new Taken(taken.New + batch.Taken.New, taken.Revised + batch.Taken.Revised, [.. taken.Waiting, .. batch.Taken.Waiting]);
                if (dryRun) continue;
                // What waits must be known to wait with the very batch that brings it, or nothing would ever release it after a crash.
                var isLast = i == chunks.Count - 1;
                // Others rely on it from here on, so nothing stops it any more.
                commit = CommitAsync(batch.Build(isLast || batch.Taken.Waiting.Count > 0 ? state(taken, isLast) : null), CancellationToken.None);
                // The state must not get ahead of the document's other batches.
                if (!isLast) await commit;
            }
        }
        finally
        {
            _turn.Release();
        }

        await commit;
        return taken;
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
                var decided = await DecideAsync(source, item, new Staging(states.Of(source), DateTimeOffset.MinValue, mayHold: false), cancel);
                // Of what several tell, no single source's words are what is stored.
                var own = known.Find(item.Keys) is [{ LastRevision: > 0, Tellers: [_] } only] ? only : null;
                comparisons.Add(new Comparison(
                    own is null ? decided.Entry : _decider.Complete(decided.Entry), decided.Decision, own is null ? null : await store.FindRevisionAsync(new RevisionKey(own.Id, own.LastRevision), cancel)));
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

    private Task CommitAsync(IngestBatch batch, CancellationToken cancel)
    {
        known.Learn(batch.Advisories, batch.Keys);
        foreach (var advisory in batch.Advisories) Relations.Learn(advisory);
        var commit = StoreAsync(batch, cancel);
        if (!commit.IsCompleted)
            foreach (var advisory in batch.Advisories) _underWay[advisory.Id] = commit;
        // Not before it is in there, or it would stay.
        if (batch.Advisories.Count > 0) _ = commit.ContinueWith(_ => Forget(batch, commit), cancel, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return commit;
    }

    private async Task StoreAsync(IngestBatch batch, CancellationToken cancel)
    {
        try
        {
            await store.CommitAsync(batch, cancel);
            if (batch.State is { } state) states.Learn([state]);
        }
        catch
        {
            if (batch.State is { } state) states.Doubt(state.Source);
            _knowsTooMuch = true;
            throw;
        }
    }

    private void Forget(IngestBatch batch, Task commit)
    {
        foreach (var advisory in batch.Advisories) _underWay.TryRemove(KeyValuePair.Create(advisory.Id, commit));
    }

    /// <summary>After a commit that failed: what is known is what is stored.</summary>
    private async Task KnowAsync(CancellationToken cancel)
    {
        if (!_knowsTooMuch) return;
        foreach (var commit in _underWay.Values) await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var contents = await store.LoadAsync(cancel);
        known.Forget();
        _decider.Facts.Forget();
        Relations.Forget();
        Learn(contents);
        states.Settle(contents.Sources);
        _knowsTooMuch = false;
    }

    private async Task<Decided> DecideAsync(Source source, IdentifiedEntry item, Staging staging, CancellationToken cancel)
    {
        // Nothing may be decided by words that are not stored, or both could be lost.
        foreach (var advisory in known.Find(item.Keys)) await StoredAsync(advisory.Id, cancel);
        return await _decider.DecideAsync(source, item, staging, time.GetUtcNow(), cancel);
    }

    private Task StoredAsync(AdvisoryId advisory, CancellationToken cancel) => _underWay.TryGetValue(advisory, out var commit) ? commit.WaitAsync(cancel) : Task.CompletedTask;
}
