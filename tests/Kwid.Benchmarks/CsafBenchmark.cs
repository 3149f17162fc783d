using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;

namespace Kwid.Benchmarks;

/// <summary>
/// CSAF documents in memory to raw entries and on to entries, beside JsonDocument.Parse alone over the same bytes. The three take turns, so that
/// what else the machine does falls on all; what counts are the ratios.
/// </summary>
internal static class CsafBenchmark
{
    private const int Rounds = 11;
    private const int WarmUp = 6;

    private static readonly Source Source = InventedSource();

    /// <param name="folder">All CSAF documents below it are read.</param>
    public static void Run(string folder)
    {
        var bodies = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(IsCsaf).ToList();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bodies.Count} CSAF documents, {bodies.Sum(body => (long)body.Length) / 1e6:0.0} MB, median of {Rounds} rounds"));
        var names = new[] { "JsonDocument.Parse", "Kwid's Reading", "Reading and normalising" };
        Action<byte[]>[] ways = [Parse, body => Read(body), Normalise];
        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var round = -WarmUp; round < Rounds; round++)
        {
            for (var i = 0; i < ways.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                foreach (var body in bodies) ways[i](body);
                if (round >= 0) times[i].Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        var medians = times.Select(each => each.Order().ElementAt(Rounds / 2)).ToArray();
        for (var i = 0; i < names.Length; i++)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{names[i],-24} {medians[i],8:0} ms   {medians[i] / medians[0],5:0.0} x JsonDocument.Parse   {bodies.Count / medians[i] * 1000,8:0} documents/s"));
    }

    private static bool IsCsaf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("document", out var document)
                && document.ValueKind == JsonValueKind.Object && document.TryGetProperty("csaf_version", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Parse(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        _ = json.RootElement.ValueKind;
    }

    private static ReadDocument Read(byte[] body) => EntryReader.Read(new FetchedDocument(Source.Url, body, "application/json"));

    private static void Normalise(byte[] body)
    {
        foreach (var raw in Read(body).Entries) _ = Normaliser.Normalise(Source, raw, Source.Url, DateTimeOffset.UnixEpoch.AddYears(56));
    }

    private static Source InventedSource() => new()
    {
        Id = new SourceId("csaf"),
        Name = "CSAF",
        Kind = SourceKind.Csaf,
        Url = new Uri("https://csaf.example/"),
        Class = SourceClass.Normal,
        Deliver = Delivery.Always,
        Tlp = Tlp.Clear,
        Attribution = "CSAF",
        License = "-",
    };
}
