using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Benchmarks;

/// <summary>A store that forgets everything with the process: what polling costs without a disk.</summary>
internal sealed class MemoryStore : IEntryStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RevisionKey, Revision> _revisions = [];
    private readonly Dictionary<RevisionKey, RevisionStage> _stages = [];
    private readonly Dictionary<AdvisoryId, Advisory> _advisories = [];
    private readonly Dictionary<string, AdvisoryId> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceId, SourceState> _sources = [];
    private readonly Dictionary<(AdvisoryId Advisory, SourceId Source), Entry> _statements = [];
    private readonly Dictionary<(SourceId Source, CveId Cve), SourceFact> _facts = [];
    private readonly List<RevisionKey> _pending = [];
    private readonly List<Edition> _editions = [];

    /// <summary>Revisions stored.</summary>
    public int Count => _revisions.Count;

    public Task<StoreContents> LoadAsync(CancellationToken cancel)
    {
        lock (_gate)
            return Task.FromResult(new StoreContents([.. _advisories.Values], [.. _keys], [.. _sources.Values], _editions.Count == 0 ? null : (_editions[^1].Number, _editions[^1].Instant)) { Facts = [.. _facts.Values] });
    }

    public Task CommitAsync(IngestBatch batch, CancellationToken cancel)
    {
        lock (_gate)
        {
            foreach (var (revision, stage) in batch.Revisions)
            {
                _revisions.Add(revision.Key, revision);
                _stages[revision.Key] = stage;
                if (stage is RevisionStage.Pending) _pending.Add(revision.Key);
            }

            foreach (var advisory in batch.Advisories) _advisories[advisory.Id] = advisory;
            foreach (var (key, id) in batch.Keys) _keys[key] = id;
            foreach (var (advisory, entry) in batch.Statements) _statements[(advisory, entry.Source)] = entry;
            foreach (var fact in batch.Facts) _facts[(fact.Source, fact.Fact.Cve)] = fact;
            if (batch.State is { } state) _sources[state.Source] = state;
        }

        return Task.CompletedTask;
    }

    public Task SaveSourcesAsync(IReadOnlyCollection<SourceState> states, CancellationToken cancel)
    {
        lock (_gate)
            foreach (var state in states) _sources[state.Source] = state;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RevisionKey>> RestageAsync(IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel)
    {
        lock (_gate)
        {
            var released = waiting.Where(key => _stages.GetValueOrDefault(key) is RevisionStage.Waiting).Distinct().ToList();
            var newer = _stages.Where(one => stage is RevisionStage.Pending && one.Value is not RevisionStage.Pending && released.Exists(key => key.Advisory == one.Key.Advisory && key.Number < one.Key.Number)).Select(one => one.Key);
            released = [.. released.Union(newer.OrderBy(key => key.Number))];
            foreach (var key in released) _stages[key] = stage;
            if (stage is RevisionStage.Pending)
            {
                _pending.RemoveAll(released.Contains);
                _pending.AddRange(released);
            }

            _sources[state.Source] = state;
            return Task.FromResult<IReadOnlyList<RevisionKey>>(released);
        }
    }

    public Task<IReadOnlyList<Revision>> ReadPendingAsync(CancellationToken cancel)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Revision>>([.. _pending.Where(key => _stages[key] is RevisionStage.Pending).Select(key => _revisions[key])]);
    }

    public Task<IReadOnlyList<Entry>> ReadStatementsAsync(AdvisoryId advisory, CancellationToken cancel)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<Entry>>([.. _statements.Where(pair => pair.Key.Advisory == advisory).OrderBy(pair => pair.Key.Source.ToString(), StringComparer.Ordinal).Select(pair => pair.Value)]);
    }

    public Task<Revision?> FindRevisionAsync(RevisionKey key, CancellationToken cancel)
    {
        lock (_gate) return Task.FromResult(_revisions.GetValueOrDefault(key));
    }

    public Task PublishAsync(Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (edition is not null) _editions.Add(edition);
            foreach (var (key, stage) in decided) _stages[key] = stage;
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Edition> ReadEditionsAsync(int after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var edition in _editions.Where(edition => edition.Number > after)) yield return edition;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
