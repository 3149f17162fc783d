using Kwid.Core.Health;
using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Storage;

namespace Kwid.Tests.Pipeline;

/// <summary>Documents are decided one after the other, yet need not wait for each other's disk.</summary>
public sealed class LedgerTests : IDisposable
{
    private readonly SlowStore _store = new();
    private readonly SourceStates _states = new();
    private readonly Ledger _ledger;

    public LedgerTests() => _ledger = new Ledger(_store, new KnownAdvisories(), _states, id => Make.Source(id.ToString()), TimeProvider.System);

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task A_document_does_not_wait_for_the_commit_of_another()
    {
        var first = TellAsync("one", Make.Entry(native: "CVE-A-1", guid: "a"));
        var second = TellAsync("two", Make.Entry(native: "CVE-A-2", guid: "b", source: "two"));

        await _store.UntilAsync(2);
        Assert.False(first.IsCompleted);
        _store.Let(null);
        _store.Let(null);

        Assert.Equal((1, 1), ((await first).New, (await second).New));
        Assert.Equal("one two", string.Join(' ', _states.All.Select(state => state.Source.ToString()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Who_speaks_of_the_very_same_advisory_waits_until_it_is_stored()
    {
        var first = TellAsync("one", Make.Entry(native: "CVE-A-1", guid: "a"));
        await _store.UntilAsync(1);
        var second = TellAsync("two", Make.Entry(native: "CVE-A-1", guid: "b", source: "two"));
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(1, _store.Begun);
        _store.Let(null);
        await _store.UntilAsync(2);
        _store.Let(null);

        Assert.Equal((1, 0), ((await first).New, (await second).New));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_known_and_nobody_relies_on_it()
    {
        var first = TellAsync("one", Make.Entry(native: "CVE-A-1", guid: "a"));
        await _store.UntilAsync(1);
        var second = TellAsync("two", Make.Entry(native: "CVE-A-1", guid: "b", source: "two"));
        _store.Let(new StoreException("The disk is full."));

        await Assert.ThrowsAsync<StoreException>(() => first);
        await Assert.ThrowsAsync<StoreException>(() => second);
        Assert.Empty(_states.All);
        var again = TellAsync("two", Make.Entry(native: "CVE-A-1", guid: "b", source: "two"));
        await _store.UntilAsync(2);
        _store.Let(null);

        Assert.Equal(1, (await again).New);
        Assert.Equal(1, _store.Loaded);
        Assert.Equal(1, _ledger.Count);
    }

    [Fact]
    public async Task The_state_of_a_long_document_waits_for_its_first_entries()
    {
        var told = TellAsync("one", [.. Enumerable.Range(0, Ledger.BatchSize + 1).Select(number => Make.Entry($"guid-{number}", $"Title {number}"))]);
        await _store.UntilAsync(1);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal((1, (SourceState?)null), (_store.Begun, _store.Batches[0].State));
        _store.Let(new StoreException("The disk is full."));

        await Assert.ThrowsAsync<StoreException>(() => told);
        Assert.Equal(1, _store.Begun);
    }

    [Fact]
    public async Task What_waits_is_known_to_wait_though_the_rest_of_its_document_could_not_be_stored()
    {
        Entry[] entries = [.. Enumerable.Range(0, Ledger.BatchSize + 1).Select(number => Make.Entry($"new-{number}", $"Title {number}"))];
        var before = new SourceState { Source = new SourceId("one"), Address = "x", History = SourceHistory.None with { Window = DocumentWindow.Of([.. entries.Select(entry => entry with { Guid = "old-" + entry.Guid })]) } };
        var staging = new Staging(before, DateTimeOffset.MinValue, mayHold: true);
        var told = _ledger.CommitAsync(
            Make.Source("one"), entries, [], staging, (taken, _) => before with { Held = staging.HeldAfter(taken, DateTimeOffset.UnixEpoch) }, dryRun: false, TestContext.Current.CancellationToken);
        await _store.UntilAsync(1);
        _store.Let(null);
        await _store.UntilAsync(2);
        _store.Let(new StoreException("The disk is full."));

        await Assert.ThrowsAsync<StoreException>(() => told);
        Assert.Equal(Ledger.BatchSize, _states.Find(before.Source)!.Held!.Revisions.Count);
    }

    private Task<Taken> TellAsync(string source, params Entry[] entries)
    {
        var state = new SourceState { Source = new SourceId(source), Address = "x" };
        return _ledger.CommitAsync(Make.Source(source), entries, [], new Staging(state, DateTimeOffset.MinValue, mayHold: false), (_, _) => state, dryRun: false, TestContext.Current.CancellationToken);
    }

    /// <summary>Stores nothing before the test says so.</summary>
    private sealed class SlowStore : IEntryStore
    {
        private readonly Queue<TaskCompletionSource> _waiting = [];
        private readonly List<IngestBatch> _stored = [];

        public List<IngestBatch> Batches { get; } = [];

        public int Begun => Batches.Count;

        public int Loaded { get; private set; }

        public async Task UntilAsync(int begun)
        {
            while (Begun < begun) await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        public void Let(StoreException? fault)
        {
            if (fault is null) _waiting.Dequeue().SetResult();
            else _waiting.Dequeue().SetException(fault);
        }

        public async Task CommitAsync(IngestBatch batch, CancellationToken cancel)
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            Batches.Add(batch);
            await turn.Task;
            _stored.Add(batch);
        }

        public Task<StoreContents> LoadAsync(CancellationToken cancel)
        {
            Loaded++;
            return Task.FromResult(new StoreContents([.. _stored.SelectMany(batch => batch.Advisories)], [.. _stored.SelectMany(batch => batch.Keys)], [], null));
        }

        public Task<IReadOnlyList<Entry>> ReadStatementsAsync(AdvisoryId advisory, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Entry>>([]);

        public Task<Revision?> FindRevisionAsync(RevisionKey key, CancellationToken cancel) =>
            Task.FromResult(_stored.SelectMany(batch => batch.Revisions).Select(staged => staged.Revision).FirstOrDefault(revision => revision.Key == key));

        public Task SaveSourcesAsync(IReadOnlyCollection<SourceState> states, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<RevisionKey>> RestageAsync(IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<Revision>> ReadPendingAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task PublishAsync(Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel) => throw new NotSupportedException();

        public IAsyncEnumerable<Edition> ReadEditionsAsync(int after, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
