using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;
using Kwid.Core.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Pipeline;

public class StateWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unchanged_poll_is_written_a_few_seconds_late_together_with_others()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var before = await StoredAsync(shop);

        shop.Network.Body = null;
        await shop.Ingest.RunAsync(shop.Sources[0], Workshop.Policy, Cancel);
        var meanwhile = await StoredAsync(shop);
        shop.Clock.Advance(StateWriter.Pause);

        Assert.Equal(before!.LastPoll, meanwhile!.LastPoll);
        await UntilAsync(async () => (await StoredAsync(shop))!.LastPoll == shop.States.Find(shop.Sources[0].Id)!.LastPoll);
        Assert.True(StateWriter.Pause < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Validators_are_stored_with_their_entries_and_the_rest_a_little_later()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Network.Body = ScriptedFetcher.Wid((1, "hoch", 1));

        await shop.Ingest.RunAsync(shop.Sources[0], Workshop.Policy, Cancel);

        Assert.Equal("\"v1\"", (await StoredAsync(shop))!.Validators.ETag);
        Assert.Null((await StoredAsync(shop))!.NextPoll);
        await shop.Writer.FlushAsync(Cancel);
        Assert.NotNull((await StoredAsync(shop))!.NextPoll);
    }

    [Fact]
    public async Task A_failed_poll_is_remembered_though_the_process_ends_before_the_pause()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Network.Failure = new FetchOutcome.Failed(503, "is overloaded");
        await shop.Ingest.RunAsync(shop.Sources[0], Workshop.Policy, Cancel);
        Assert.Null(await StoredAsync(shop));

        await shop.Writer.DisposeAsync();

        Assert.Equal("is overloaded", (await StoredAsync(shop))!.Error);
    }

    [Fact]
    public async Task What_is_written_is_what_is_known_by_then()
    {
        var (store, states) = (new FailingStore(), new SourceStates());
        await using var writer = new StateWriter(store, states, new FakeTimeProvider());
        states.Learn([State("1")]);
        writer.Add(State("1").Source);
        states.Learn([State("2")]);

        await writer.FlushAsync(Cancel);
        await writer.FlushAsync(Cancel);

        Assert.Equal(["2"], store.Saved.Select(state => state.Cursor));
    }

    [Fact]
    public async Task What_a_store_does_not_take_waits_until_it_does()
    {
        var (store, states, clock) = (new FailingStore { Fails = true }, new SourceStates(), new FakeTimeProvider());
        await using var writer = new StateWriter(store, states, clock);
        states.Learn([State("1")]);
        writer.Add(State("1").Source);
        await Assert.ThrowsAsync<StoreException>(() => writer.FlushAsync(Cancel));
        clock.Advance(StateWriter.Pause);

        store.Fails = false;
        await UntilAsync(() =>
        {
            clock.Advance(StateWriter.Pause);
            return Task.FromResult(store.Saved.Count > 0);
        });

        Assert.Equal(["1"], store.Saved.Select(state => state.Cursor));
    }

    private static SourceState State(string cursor) => new() { Source = new SourceId("a"), Address = "x", Cursor = cursor };

    private static async Task<SourceState?> StoredAsync(Workshop shop) => (await shop.Store.LoadAsync(Cancel)).Sources.SingleOrDefault();

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
    }

    /// <summary>Takes states, or does not.</summary>
    private sealed class FailingStore : IEntryStore
    {
        public bool Fails { get; set; }

        public List<SourceState> Saved { get; } = [];

        public Task SaveSourcesAsync(IReadOnlyCollection<SourceState> states, CancellationToken cancel)
        {
            if (Fails) throw new StoreException("The disk is full.");
            Saved.AddRange(states);
            return Task.CompletedTask;
        }

        public Task<StoreContents> LoadAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task CommitAsync(IngestBatch batch, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<RevisionKey>> RestageAsync(IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<Revision>> ReadPendingAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<Entry>> ReadStatementsAsync(AdvisoryId advisory, CancellationToken cancel) => throw new NotSupportedException();

        public Task<Revision?> FindRevisionAsync(RevisionKey key, CancellationToken cancel) => throw new NotSupportedException();

        public Task PublishAsync(Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel) => throw new NotSupportedException();

        public IAsyncEnumerable<Edition> ReadEditionsAsync(int after, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
