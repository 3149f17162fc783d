using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Kwid.Benchmarks;

/// <summary>
/// 427 recipients and two formats after an ingest of 250 entries: how soon each feed's first request is current, and how much memory the program has
/// taken when all of them were fetched in identity and gzip.
/// </summary>
internal static class FeedsBenchmark
{
    private const int Entries = 250;

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("kwid-bench-").FullName;
        try
        {
            using var upstream = new Upstream(Service.FreePort());
            upstream.Show(1, Entries);
            upstream.Start();
            var port = Service.FreePort();
            using var http = new HttpClient();
            using var service = await Service.StartAsync(folder, Configuration(upstream, port), port, http, cancel);
            await service.UntilAsync(http, "feeds/alle.atom", Has(Entries), cancel);
            var keys = await KeysAsync(cancel);
            Print("memory after the first ingest", service.Megabytes("VmRSS"), "MB");

            upstream.Show(Entries + 1, Entries);
            var ingest = Stopwatch.StartNew();
            await service.UntilAsync(http, "feeds/alle.atom", Has(2 * Entries), cancel);
            Print("250 new entries, from upstream to feed (2 s poll interval included)", ingest.Elapsed.TotalMilliseconds, "ms");

            await FetchAllAsync(service, http, keys, null, cancel);
            await FetchAllAsync(service, http, keys, "gzip", cancel);
            Print("memory now", service.Megabytes("VmRSS"), "MB");
            Print("memory at most", service.Megabytes("VmHWM"), "MB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FetchAllAsync(Service service, HttpClient http, IReadOnlyList<string> keys, string? coding, CancellationToken cancel)
    {
        var times = new List<double>();
        long bytes = 0;
        foreach (var path in keys.SelectMany(key => (string[])[$"feeds/{key}.atom", $"feeds/{key}.rss"]))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, path));
            if (coding is not null) request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
            var time = Stopwatch.StartNew();
            using var answer = await http.SendAsync(request, cancel);
            var body = await answer.Content.ReadAsByteArrayAsync(cancel);
            times.Add(time.Elapsed.TotalMilliseconds);
            bytes += body.Length;
            answer.EnsureSuccessStatusCode();
        }

        times.Sort();
        Print($"{times.Count} first requests, {coding ?? "identity"}: median", times[times.Count / 2], "ms");
        Print($"{times.Count} first requests, {coding ?? "identity"}: slowest", times[^1], "ms");
        Print($"{times.Count} bodies, {coding ?? "identity"}: mean", bytes / 1024.0 / times.Count, "KB");
    }

    private static Func<HttpResponseMessage, bool> Has(int entries) => answer =>
        answer.IsSuccessStatusCode && answer.Content.ReadAsStringAsync().GetAwaiter().GetResult().Contains(string.Create(CultureInfo.InvariantCulture, $"Beispielprodukt {entries}:"), StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancel)
    {
        // The table that is part of the program; its first column is the key.
        await using var table = typeof(FeedsBenchmark).Assembly.GetManifestResourceStream("nrw.tsv") ?? throw new InvalidOperationException("nrw.tsv is missing");
        using var reader = new StreamReader(table);
        return [.. (await reader.ReadToEndAsync(cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split('\t')[0])];
    }

    private static string Configuration(Upstream upstream, int port) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {
          "service": { "title": "KWID", "publicUrl": "http://127.0.0.1:{{port}}", "authority": "bench.example,2026", "listen": "http://127.0.0.1:{{port}}" },
          "polling": { "must": { "interval": "00:00:02" }, "perHostPause": "00:00:00" },
          "network": { "allow": ["127.0.0.1"] },
          "sources": [ { "id": "wid", "kind": "feed", "url": "{{upstream.Address}}", "class": "must", "deliver": "always", "tlp": "CLEAR" } ],
          "recipients": [ { "select": "05" } ]
        }
        """);

    private static void Print(string what, double value, string unit) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-75} {value,10:0.0} {unit}"));
}
