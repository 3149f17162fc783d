using System.Diagnostics;
using System.Globalization;
using Kwid.Core.Pipeline;
using Kwid.Core.Reading;
using Kwid.Core.Sources;
using Kwid.Core.Storage;
using Kwid.LiteDb;

namespace Kwid.Benchmarks;

/// <summary>
/// First and second sweep over the feeds of a local server in one process, with a store in memory and with LiteDB; then, one source after the other, which
/// share of the first sweep is whose.
/// </summary>
internal static class PollBenchmark
{
    private const int MostForShares = 300;

    public static async Task RunAsync(Uri server, int count, CancellationToken cancel)
    {
        var sources = PollBench.Sources(server, count);
        // Compiles what the sweeps run.
        await RunAsync(null, _ => Task.FromResult<IEntryStore>(new MemoryStore()), [.. sources.Take(50)], cancel);
        await RunAsync("pipeline, in memory", _ => Task.FromResult<IEntryStore>(new MemoryStore()), sources, cancel);
        await RunAsync("pipeline, LiteDB", async folder => await LiteDbStore.OpenAsync(folder, null, cancel), sources, cancel);
        await SharesAsync([.. sources.Take(MostForShares)], cancel);
    }

    private static async Task RunAsync(string? what, Func<string, Task<IEntryStore>> open, IReadOnlyList<Core.Model.Source> sources, CancellationToken cancel)
    {
        await WithFolderAsync(async folder =>
        {
            await using var bench = new PollBench(await open(folder), folder);
            var watch = Stopwatch.StartNew();
            var added = await bench.SweepAsync(sources, cancel);
            var first = watch.Elapsed;
            watch.Restart();
            await bench.SweepAsync(sources, cancel);
            if (what is null) return;
            Print(what + ", first", first, sources.Count, string.Create(CultureInfo.InvariantCulture, $"{added} new"));
            Print(what + ", again", watch.Elapsed, sources.Count, "");
        });
    }

    private static Task SharesAsync(IReadOnlyList<Core.Model.Source> sources, CancellationToken cancel) => WithFolderAsync(async folder =>
    {
        using var http = PollBench.Fetcher();
        var (fetcher, store) = (new TimedFetcher(http), new TimedStore(await LiteDbStore.OpenAsync(folder, null, cancel)));
        await using var bench = new PollBench(store, folder, fetcher);
        var all = Stopwatch.StartNew();
        await bench.SweepAsync(sources, 1, cancel);
        var whole = all.Elapsed;

        var reading = Stopwatch.StartNew();
        var read = fetcher.Documents.Select(fetched => (fetched.Source, fetched.Document.Address, SourceReader.Read(fetched.Document, null).Entries)).ToList();
        reading.Stop();
        var normalising = Stopwatch.StartNew();
        foreach (var (source, address, entries) in read)
            foreach (var entry in entries) SourceReader.Normalise(source, entry, address, TimeProvider.System.GetUtcNow());
        normalising.Stop();
        var keeping = Stopwatch.StartNew();
        var archive = new RawArchive(Path.Combine(folder, "again"), TimeProvider.System);
        foreach (var (source, document) in fetcher.Documents) archive.Keep(source, document, []);
        keeping.Stop();

        var parts = new (string Name, TimeSpan Time)[] { ("store", store.Time.Elapsed), ("network", fetcher.Time.Elapsed), ("reader", reading.Elapsed), ("normaliser with sanitiser", normalising.Elapsed), ("raw archive", keeping.Elapsed) };
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"shares of the first sweep, LiteDB, one source after the other, {sources.Count} sources: ")
            + string.Join(", ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Time / whole:P0}"))));
    });

    private static async Task WithFolderAsync(Func<string, Task> work)
    {
        var folder = Directory.CreateTempSubdirectory("kwid-bench-").FullName;
        try
        {
            await work(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(string what, TimeSpan time, int feeds, string told) =>
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-46} {time.TotalSeconds,8:0.00} s  {feeds / time.TotalSeconds,8:0.0} feeds/s   {told}"));
}
