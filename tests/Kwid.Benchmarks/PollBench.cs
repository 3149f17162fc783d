using System.Globalization;
using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;
using Kwid.Core.Storage;

namespace Kwid.Benchmarks;

/// <summary>The polling half of an installation, composed as the program composes it: fetcher, pipeline, raw archive, a store.</summary>
internal sealed class PollBench : IAsyncDisposable
{
    /// <summary>Sources asked side by side, as <c>kwid poll --all</c> does.</summary>
    private const int SideBySide = 16;

    public static readonly PollingPolicy Policy = new(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromDays(7));
    private static readonly NetworkPolicy Network = new(["127.0.0.1"], null, null, "Kwid/benchmark");
    private readonly HttpFetcher? _own;
    private readonly Ledger _ledger;

    public PollBench(IEntryStore store, string folder, IFetcher? fetcher = null)
    {
        Store = store;
        _own = fetcher is null ? new HttpFetcher(Network, Policy, TimeProvider.System) : null;
        var states = new SourceStates();
        _ledger = new Ledger(store, new KnownAdvisories(), states, _ => null, TimeProvider.System);
        Writer = new StateWriter(store, states, TimeProvider.System);
        Ingest = new Ingest(store, _ledger, states, new Walks(fetcher ?? _own!, TimeProvider.System), new ClockWatch(TimeProvider.System), () => false, TimeProvider.System, turns: new SourceTurns(Writer))
        {
            Archive = new RawArchive(Path.Combine(folder, "raw"), TimeProvider.System),
        };
    }

    public IEntryStore Store { get; }

    public Ingest Ingest { get; }

    public StateWriter Writer { get; }

    public static HttpFetcher Fetcher() => new(Network, Policy, TimeProvider.System);

    /// <summary>The feeds of a server that are named by five digits.</summary>
    public static IReadOnlyList<Source> Sources(Uri server, int count) => [.. Enumerable.Range(0, count).Select(i => new Source
    {
        Id = new SourceId(string.Create(CultureInfo.InvariantCulture, $"f{i:D5}")),
        Name = "bench",
        Kind = SourceKind.Feed,
        Url = new Uri(server, string.Create(CultureInfo.InvariantCulture, $"{i:D5}.xml")),
        Class = SourceClass.Normal,
        Deliver = Delivery.Always,
        Tlp = Tlp.Clear,
        Attribution = "bench",
        License = "nicht angegeben",
    })];

    /// <summary>Polls each source once.</summary>
    /// <returns>New advisories.</returns>
    public async Task<int> SweepAsync(IReadOnlyList<Source> sources, int sideBySide, CancellationToken cancel)
    {
        var added = 0;
        await Parallel.ForEachAsync(sources, new ParallelOptions { MaxDegreeOfParallelism = sideBySide, CancellationToken = cancel }, async (source, cancel) =>
        {
            var report = await Ingest.RunAsync(source, Policy, cancel);
            if (report.Outcome is PollOutcome.Failed) throw new InvalidOperationException(report.Error);
            Interlocked.Add(ref added, report.New);
        });
        await Writer.FlushAsync(cancel);
        return added;
    }

    public Task<int> SweepAsync(IReadOnlyList<Source> sources, CancellationToken cancel) => SweepAsync(sources, SideBySide, cancel);

    public async ValueTask DisposeAsync()
    {
        _ledger.Dispose();
        _own?.Dispose();
        await Writer.DisposeAsync();
        await Store.DisposeAsync();
    }
}
