using System.Diagnostics;
using System.Globalization;
using System.ServiceModel.Syndication;
using System.Xml;
using Kwid.Core.Model;
using Kwid.Core.Reading;

namespace Kwid.Benchmarks;

/// <summary>
/// Reading alone, bytes in memory to raw entries, beside SyndicationFeed.Load and a bare XmlReader pass over the same bytes. The three take turns,
/// so that what else the machine does falls on all; what counts are the ratios.
/// </summary>
internal static class ReadingBenchmark
{
    private const int Rounds = 15;

    /// <summary>Rounds until the compiler has done its work: the framework comes compiled, our code does not.</summary>
    private const int WarmUp = 10;

    private static readonly Uri Address = new("https://upstream.example/feed");

    /// <param name="folder">Feeds (*.xml); null for invented ones.</param>
    public static void Run(string? folder)
    {
        var bodies = folder is null ? InventedFeeds.Make(200, 50) : [.. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bodies.Count} feeds, {bodies.Sum(body => (long)body.Length) / 1e6:0.0} MB, median of {Rounds} rounds"));
        var names = new[] { "XmlReader, bare pass", "Kwid's Reading", "SyndicationFeed.Load" };
        Action<byte[]>[] readers = [Pass, Read, Load];
        var times = readers.Select(_ => new List<double>()).ToArray();
        for (var round = -WarmUp; round < Rounds; round++)
        {
            for (var i = 0; i < readers.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                foreach (var body in bodies) readers[i](body);
                if (round >= 0) times[i].Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        var medians = times.Select(each => each.Order().ElementAt(Rounds / 2)).ToArray();
        for (var i = 0; i < names.Length; i++)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{names[i],-22} {medians[i],8:0} ms   {medians[i] / medians[0],5:0.00} x XmlReader   {medians[2] / medians[i],5:0.00} x as fast as SyndicationFeed.Load"));
    }

    private static void Pass(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        while (reader.Read())
            if (reader.HasValue) _ = reader.Value;
    }

    private static void Read(byte[] body) => EntryReader.Read(new FetchedDocument(Address, body, "application/xml"));

    private static void Load(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        foreach (var item in SyndicationFeed.Load(reader).Items) _ = item.Id;
    }
}
