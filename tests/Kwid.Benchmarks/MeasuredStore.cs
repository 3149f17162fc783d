using System.Diagnostics;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Benchmarks;

/// <summary>A store and the time that each kind of work took on it.</summary>
internal sealed class MeasuredStore(string name, string place, IEntryStore store) : IAsyncDisposable
{
    private int _edition;

    public string Name => name;

    public string Place => place;

    public TimeSpan Written { get; private set; }

    public TimeSpan Loaded { get; private set; }

    public TimeSpan Editions { get; private set; }

    public TimeSpan Texts { get; private set; }

    /// <summary>Commits batches, then publishes what they brought.</summary>
    public async Task WriteAsync(IReadOnlyList<IngestBatch> batches, CancellationToken cancel) => Written += await TimeAsync(async () =>
    {
        foreach (var batch in batches) await store.CommitAsync(batch, cancel);
        var pending = await store.ReadPendingAsync(cancel);
        await store.PublishAsync(StoreWorkload.Edition(++_edition, pending), [.. pending.Select(revision => KeyValuePair.Create(revision.Key, RevisionStage.Published))], cancel);
    });

    /// <summary>What a start reads: everything but texts, and the editions for a shelf that is made anew.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        Loaded += await TimeAsync(() => store.LoadAsync(cancel));
        Editions += await TimeAsync(() => store.ReadEditionsAsync(0, cancel).CountAsync(cancel).AsTask());
    }

    /// <summary>Texts one by one, as the shelf asks for them.</summary>
    public async Task ReadTextsAsync(IReadOnlyList<RevisionKey> keys, CancellationToken cancel) => Texts += await TimeAsync(async () =>
    {
        foreach (var key in keys)
            if (await store.FindRevisionAsync(key, cancel) is null) throw new InvalidOperationException($"{key} is missing in {name}");
    });

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed;
    }
}
