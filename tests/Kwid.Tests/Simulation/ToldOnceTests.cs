using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Simulation;

/// <summary>Sixty days of real CERT-Bund advisories, by RSS and by CSAF together.</summary>
public class ToldOnceTests
{
    private const int Days = 60;

    /// <summary>Written by hand, from the summaries of half a year: what a recipient must act on anew.</summary>
    private static readonly string[] Material =
    [
        "Aktive Ausnutzung", "Ausnutzung gemeldet", "wird ausgenutzt", "aktiv ausgenutzt", "PoC aufgenommen", "PoC für", "PoC verfügbar", "PoC ergänzt", "Exploit aufgenommen", "Exploit für", "Exploit verfügbar",
        "Exploit published", "CVE ergänzt", "CVE's ergänzt", "CVE-Nummern ergänzt", "Patch eingetragen", "gefixte Version", "Zurückgezogen",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_advisory_is_one_each_revision_is_stored_and_only_what_matters_rings(bool feedFirst)
    {
        using var upstream = await BsiReplay.StartAsync(SharedFiles.Find("advisories/bsi-wid"), Cancel);
        await using var shop = await Workshop.OpenAsync("2026-03-01T20:00:00Z");
        Follow(shop, upstream, feedFirst);
        await upstream.SetAsync(shop.Clock.GetUtcNow(), Cancel);
        await PollAsync(shop);
        var opening = shop.Shelf.Last!.Value.Number;
        var (expected, stored) = (new Dictionary<AdvisoryId, int>(), new Dictionary<AdvisoryId, int>());

        for (var step = 0; step < Days * 2; step++)
        {
            var from = shop.Clock.GetUtcNow();
            shop.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1));
            var to = shop.Clock.GetUtcNow();
            await upstream.SetAsync(to, Cancel);
            foreach (var group in (await upstream.EventsAsync(from - TimeSpan.FromMinutes(1), to, Cancel)).GroupBy(each => each.Advisory))
            {
                var rings = group.Any(each => each.Revision == "1" || Material.Any(word => each.Summary.Contains(word, StringComparison.OrdinalIgnoreCase)) || IsAddedCve(each.Summary));
                if (rings) expected[group.Key] = expected.GetValueOrDefault(group.Key) + 1;
                stored[group.Key] = stored.GetValueOrDefault(group.Key) + 1;
            }

            await PollAsync(shop);
        }

        Assert.True(expected.Count > 150 && expected.Values.Sum() > expected.Count, "the data brings too little that rings");
        var rung = await RungAsync(shop, opening);
        Assert.Equal(Lines(expected), Lines(rung));
        var contents = await shop.Store.LoadAsync(Cancel);
        Assert.All(contents.Advisories, advisory => Assert.StartsWith("WID-SEC-2", advisory.Id.ToString(), StringComparison.Ordinal));
        foreach (var (id, count) in stored) Assert.Equal((id, count), (id, (await VersionsAsync(shop, contents.Advisories.Single(advisory => advisory.Id == id))).Count));
    }

    private static void Follow(Workshop shop, BsiReplay upstream, bool feedFirst)
    {
        var rss = Make.Source("bsi-wid-rss") with { Url = upstream.Rss };
        var csaf = Make.Source("bsi-wid") with { Kind = SourceKind.Csaf, Url = upstream.Metadata };
        shop.Sources.Clear();
        shop.Sources.AddRange(feedFirst ? [rss, csaf] : [csaf, rss]);
        shop.Network.Special = upstream.Ask;
    }

    private static async Task PollAsync(Workshop shop)
    {
        foreach (var source in shop.Sources)
        {
            var report = await shop.Ingest.RunAsync(source, Workshop.Policy, Cancel);
            Assert.Null(report.Error);
        }

        await shop.PublishAsync();
    }

    /// <summary>How often each advisory rang since the opening: as an entry, or as a member of a digest.</summary>
    private static async Task<Dictionary<AdvisoryId, int>> RungAsync(Workshop shop, int opening)
    {
        var rung = new Dictionary<AdvisoryId, int>();
        await foreach (var edition in shop.Store.ReadEditionsAsync(opening, Cancel))
        {
            foreach (var row in edition.Publications.Where(row => row is { Class: "standard/CLEAR", Kind: PublicationKind.Entry or PublicationKind.Collected } && !row.Revision.Advisory.ToString().StartsWith("kwid.", StringComparison.Ordinal)))
                rung[row.Revision.Advisory] = rung.GetValueOrDefault(row.Revision.Advisory) + 1;
        }

        return rung;
    }

    /// <summary>The publisher's versions that were stored since the opening, one for each revision that brought a new one.</summary>
    private static async Task<List<string>> VersionsAsync(Workshop shop, Advisory advisory)
    {
        var versions = new List<string>();
        for (var number = 1; number <= advisory.LastRevision; number++)
        {
            var revision = await shop.Store.FindRevisionAsync(new RevisionKey(advisory.Id, number), Cancel);
            if (revision!.SeenAt > Make.Instant("2026-03-01T21:00Z") && revision.Entry.Version is { } version && version != versions.LastOrDefault()) versions.Add(version);
        }

        return versions;
    }

    private static bool IsAddedCve(string summary) =>
        summary.Contains("CVE-", StringComparison.Ordinal) && !summary.StartsWith("Referenz", StringComparison.Ordinal) && !summary.Contains("angepasst", StringComparison.Ordinal)
        && (summary.EndsWith("ergänzt", StringComparison.Ordinal) || summary.EndsWith("aufgenommen", StringComparison.Ordinal));

    private static IEnumerable<string> Lines(Dictionary<AdvisoryId, int> counts) => counts.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal);
}
