using System.Diagnostics;
using Kwid.Core.Model;
using Kwid.Core.Sources;
using Kwid.Core.Storage;

namespace Kwid.Benchmarks;

/// <summary>A fetcher that takes the time and remembers what came.</summary>
internal sealed class TimedFetcher(IFetcher inner) : IFetcher
{
    public Stopwatch Time { get; } = new();

    public List<(Source Source, FetchedDocument Document)> Documents { get; } = [];

    public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        Time.Start();
        var outcome = await inner.FetchAsync(request, cancel);
        Time.Stop();
        if (outcome is FetchOutcome.Fetched fetched) Documents.Add((request.Source, fetched.Document));
        return outcome;
    }
}

/// <summary>A store that takes the time of what polls ask of it.</summary>
internal sealed class TimedStore(IEntryStore inner) : IEntryStore
{
    public Stopwatch Time { get; } = new();

    public Task<StoreContents> LoadAsync(CancellationToken cancel) => inner.LoadAsync(cancel);

    public Task CommitAsync(IngestBatch batch, CancellationToken cancel) => TimeAsync(() => inner.CommitAsync(batch, cancel));

    public Task SaveSourcesAsync(IReadOnlyCollection<SourceState> states, CancellationToken cancel) => TimeAsync(() => inner.SaveSourcesAsync(states, cancel));

    public Task<IReadOnlyList<Revision>> ReadPendingAsync(CancellationToken cancel) => inner.ReadPendingAsync(cancel);

    public Task<IReadOnlyList<Entry>> ReadStatementsAsync(AdvisoryId advisory, CancellationToken cancel) => inner.ReadStatementsAsync(advisory, cancel);

    public Task<Revision?> FindRevisionAsync(RevisionKey key, CancellationToken cancel) => inner.FindRevisionAsync(key, cancel);

    public Task<IReadOnlyList<RevisionKey>> RestageAsync(IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel) => inner.RestageAsync(waiting, stage, state, cancel);

    public Task PublishAsync(Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel) => inner.PublishAsync(edition, decided, cancel);

    public IAsyncEnumerable<Edition> ReadEditionsAsync(int after, CancellationToken cancel) => inner.ReadEditionsAsync(after, cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task TimeAsync(Func<Task> work)
    {
        Time.Start();
        await work();
        Time.Stop();
    }
}
