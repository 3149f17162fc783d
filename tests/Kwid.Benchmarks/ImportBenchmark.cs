using System.Diagnostics;
using System.Globalization;
using Kwid.Core.Model;
using Kwid.LiteDb;

namespace Kwid.Benchmarks;

/// <summary>A CSAF provider of a local server from its index to the store, hashes checked: all documents at once, then again with nothing new.</summary>
internal static class ImportBenchmark
{
    public static async Task RunAsync(Uri metadata, CancellationToken cancel)
    {
        // The first round compiles what the second one measures.
        foreach (var label in (string?[])[null, "import"])
        {
            var folder = Directory.CreateTempSubdirectory("kwid-import-").FullName;
            try
            {
                await using var bench = new PollBench(await LiteDbStore.OpenAsync(folder, null, cancel), folder);
                var source = PollBench.Sources(metadata, 1)[0] with { Kind = SourceKind.Csaf, Url = metadata, Csaf = new CsafPlan(TimeSpan.FromDays(9_000), 10_000) };
                var watch = Stopwatch.StartNew();
                var added = await bench.SweepAsync([source], cancel);
                var first = watch.Elapsed;
                watch.Restart();
                await bench.SweepAsync([source], cancel);
                if (label is null) continue;
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{label}: {added} documents in {first.TotalSeconds:0.00} s, {added / first.TotalSeconds:0} a second; again {watch.Elapsed.TotalSeconds:0.000} s, 1/{first / watch.Elapsed:0} of the first; peak {Peak()} MB"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1_000_000;
    }
}
