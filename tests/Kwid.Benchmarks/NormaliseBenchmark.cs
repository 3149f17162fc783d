using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;

namespace Kwid.Benchmarks;

/// <summary>What an entry costs from raw to normalised, and what the quick way through clean markup saves against the library.</summary>
internal static class NormaliseBenchmark
{
    private const int Rounds = 5;
    private static readonly Uri Address = new("https://upstream.example/feed");

    /// <summary>Runs over the feeds of a folder, or over entries made here.</summary>
    public static void Run(string? folder)
    {
        var entries = folder is null ? [.. Enumerable.Range(0, 500).Select(Made)] : Read(folder);
        var fragments = entries.SelectMany(entry => new[] { entry.Summary, entry.Content }).OfType<string>().Where(text => text.AsSpan().IndexOfAny('<', '&') >= 0).ToList();
        var clean = fragments.Where(fragment => CleanMarkup.Read(fragment) is not null).ToList();
        var few = clean.Take(200).ToList();
        var (quick, slow) = (Time(few, fragment => HtmlSanitiser.Sanitise(fragment, Address)), Time(few, fragment => HtmlSanitiser.SanitiseByLibrary(fragment, Address)));
        var (quickMarkup, slowMarkup) = (Time(few, fragment => SafeMarkup.Of(fragment, Address)), Time(few, fragment => SafeMarkup.OfByLibrary(fragment, Address)));
        var now = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var source = SourceOf();
        var normalise = Time(entries, entry => Normaliser.Normalise(source, entry, Address, now));
        var show = Time(entries, entry => (SafeMarkup.Of(entry.Summary, Address), SafeMarkup.Of(entry.Content, Address)));

        Print("entries", entries.Count, "");
        Print("characters of markup and text in an entry, on average", entries.Average(entry => (entry.Content?.Length ?? 0) + (entry.Summary?.Length ?? 0)), "");
        Print("fragments with markup that take the quick way", 100.0 * clean.Count / fragments.Count, "%");
        Print("HtmlSanitiser, library : quick way, same fragments", slow / quick, ": 1");
        Print("SafeMarkup, library : quick way, same fragments", slowMarkup / quickMarkup, ": 1");
        Print("Normaliser.Normalise, an entry", normalise, "us");
        Print("SafeMarkup.Of for summary and content, an entry", show, "us");
        Print("both : one run of HtmlSanitizer over one fragment", (normalise + show) / slow * 100, ": 100");
    }

    /// <summary>Microseconds for each, the best of some rounds: the others were disturbed.</summary>
    private static double Time<TItem, TResult>(List<TItem> items, Func<TItem, TResult> work)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var repeats = 0;
            var clock = Stopwatch.StartNew();
            while (clock.ElapsedMilliseconds < 400)
            {
                foreach (var item in items) GC.KeepAlive(work(item));
                repeats++;
            }

            best = Math.Min(best, clock.Elapsed.TotalMicroseconds / repeats / items.Count);
        }

        return best;
    }

    private static List<RawEntry> Read(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.xml").SelectMany(file => EntryReader.Read(new FetchedDocument(Address, File.ReadAllBytes(file), null, null)).Entries)];

    private static RawEntry Made(int n)
    {
        var body = new StringBuilder();
        for (var i = 0; i < 5; i++) body.Append(CultureInfo.InvariantCulture, $"<p>Ein Angreifer aus dem Netz kann die <strong>Schwachstelle {i}</strong> in Beispielprodukt {n} ausnutzen, um beliebigen Code auszuführen; Abhilfe schafft die Version <code>7.{i}</code> des Herstellers.</p>");
        body.Append("<ul>");
        for (var i = 0; i < 5; i++) body.Append(CultureInfo.InvariantCulture, $"<li><a href=\"https://hersteller.example/hinweise/CVE-2099-{n + i + 10000}?lang=de&amp;n={i}\">CVE-2099-{n + i + 10000}</a></li>");
        return new RawEntry
        {
            Title = $"[NEU] [hoch] Beispielprodukt {n}: Mehrere Schwachstellen ermöglichen Codeausführung",
            Link = $"https://wid.example/advisory?name=WID-SEC-2099-{n:D4}",
            Guid = $"urn:hinweis:{n}",
            Summary = $"Mehrere Schwachstellen in Beispielprodukt {n}",
            Content = body.Append("</ul>").ToString(),
            Published = "Sun, 01 Mar 2026 08:00:00 GMT",
            Updated = "2026-03-01T08:00:00+01:00",
            Categories = ["hoch"],
        };
    }

    private static Source SourceOf() => new()
    {
        Id = new SourceId("bench"),
        Name = "bench",
        Kind = SourceKind.Feed,
        Url = Address,
        Class = SourceClass.Normal,
        Deliver = Delivery.Always,
        Tlp = Tlp.Clear,
        Language = "de",
        Attribution = "bench",
        License = "nicht angegeben",
    };

    private static void Print(string what, double value, string unit) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-75} {value,10:0.0} {unit}"));
}
