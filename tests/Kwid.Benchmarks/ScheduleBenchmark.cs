using System.Diagnostics;
using System.Globalization;
using Kwid.Cli;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;
using Kwid.LiteDb;
using Kwid.Scheduling;
using Kwid.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace Kwid.Benchmarks;

/// <summary>
/// The service as it is composed, with 10,000 sources on a scripted network, all of them due within the next minute: that is sixty times what sources asked
/// once an hour come to. How long it takes to start, how much memory it has, how late polls begin.
/// </summary>
internal static class ScheduleBenchmark
{
    private const int Count = 10_000;
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("kwid-bench-").FullName;
        try
        {
            var settings = new Settings(Path.Combine(folder, "feeds.config.json"), Path.Combine(folder, "data"), null, null, false);
            await File.WriteAllTextAsync(settings.Config, Configuration(), cancel);
            await RunAsync(settings, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(Settings settings, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await using var installation = Start.Load(settings, acceptNewIds: false, NullLoggerFactory.Instance, new Quiet());
        var configured = watch.Elapsed;
        // As if an earlier start had asked them all.
        var first = TimeProvider.System.GetUtcNow().AddSeconds(15);
        await using (var store = await LiteDbStore.OpenAsync(settings.Data, null, cancel))
            await store.SaveSourcesAsync([.. installation.PolledSources.Select((source, i) => new SourceStates().Of(source) with { FirstPollDone = first.AddDays(-1), NextPoll = first + (Spread * ((double)i / Count)) })], cancel);

        watch.Restart();
        await using var web = Composition.Build(installation, LogLevel.Error);
        var scheduler = await web.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancel);
        var delays = new Delays();
        scheduler.ListenerManager.AddJobListener(delays);
        await web.StartAsync(cancel);
        await web.Services.GetRequiredService<FirstSweep>().Ended.WaitAsync(cancel);
        var started = configured + watch.Elapsed;

        await Task.Delay(first + Spread + TimeSpan.FromSeconds(5) - TimeProvider.System.GetUtcNow(), TimeProvider.System, cancel);
        var late = delays.Taken();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Count} sources: start {started.TotalSeconds:0.00} s, of which configuration {configured.TotalSeconds:0.00} s; {late.Count} polls within {Spread.TotalSeconds:0} s, late by {At(late, 0.5):0} ms in the median, {At(late, 0.99):0} ms p99, {late[^1]:0} ms at most; memory {Megabytes("VmRSS"):0} MB, {Megabytes("VmHWM"):0} MB at most"));
        await web.StopAsync(cancel);
    }

    private static double At(List<double> values, double share) => values[(int)Math.Ceiling(values.Count * share) - 1];

    private static double Megabytes(string key)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static string Configuration() => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "service": { "title": "KWID", "publicUrl": "http://127.0.0.1:8080", "authority": "bench.example,2026", "listen": "http://127.0.0.1:{{Service.FreePort()}}" },
          "recipients": [],
          "sources": [ {{string.Join(",\n", Enumerable.Range(0, Count).Select(i => $$"""{ "id": "s{{i}}", "kind": "feed", "url": "https://host{{i}}.example/feed", "class": "normal", "deliver": "always", "tlp": "CLEAR" }"""))}} ]
        }
        """);

    /// <summary>A network that has nothing new, and takes its time to say so.</summary>
    private sealed class Quiet : IFetcher
    {
        public async Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancel);
            return new FetchOutcome.NotModified(request.Validators);
        }
    }

    /// <summary>How late each poll begins, milliseconds.</summary>
    private sealed class Delays : IJobListener
    {
        private readonly Lock _gate = new();
        private readonly List<double> _all = [];

        public string Name => "delays";

        public List<double> Taken()
        {
            lock (_gate) return [.. _all.Order()];
        }

        public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var late = TimeProvider.System.GetUtcNow() - context.ScheduledFireTimeUtc!.Value;
            lock (_gate) _all.Add(late.TotalMilliseconds);
            return ValueTask.CompletedTask;
        }

        public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
