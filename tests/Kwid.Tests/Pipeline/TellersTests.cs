using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

/// <summary>One advisory, told by a feed and by documents.</summary>
public class TellersTests
{
    private const string Early = "2026-03-09T23:00:00Z";

    [Fact]
    public async Task A_feed_and_a_document_with_one_native_id_are_one_advisory_told_once()
    {
        await using var shop = await OpenAsync();

        await FeedAsync(shop, Wid("NEU", "hoch"));
        await DocumentAsync(shop, Csaf(1));

        Assert.Single(Ids(shop));
        Assert.Single(shop.Entries());
        Assert.Contains("CVE-2026-0001", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_second_with_nothing_better_makes_no_revision()
    {
        await using var shop = await OpenAsync();

        await DocumentAsync(shop, Csaf(1));
        var report = await FeedAsync(shop, Wid("NEU", "hoch"));
        var again = await FeedAsync(shop, Wid("UPDATE", "hoch", "2026-03-10T10:00:00Z"));

        Assert.Equal((0, 0), (report.New, report.Revised));
        Assert.Equal((0, 0), (again.New, again.Revised));
    }

    [Fact]
    public async Task An_update_that_both_tell_is_one_revision_whoever_tells_it_first()
    {
        await using var shop = await OpenAsync();
        await DocumentAsync(shop, Csaf(1));
        await FeedAsync(shop, Wid("NEU", "hoch"));

        var feed = await FeedAsync(shop, Wid("UPDATE", "hoch", "2026-03-10T11:00:00Z"));
        var document = await DocumentAsync(shop, Csaf(2, "Neue Updates von SUSE aufgenommen"));

        Assert.Equal((0, 1), (feed.Revised, document.Revised));
        Assert.Single(shop.Entries());
    }

    [Fact]
    public async Task What_the_publisher_calls_material_rings_and_what_it_does_not_is_silent()
    {
        await using var shop = await OpenAsync();
        await DocumentAsync(shop, Csaf(1));
        shop.Clock.Advance(TimeSpan.FromHours(5));

        await DocumentAsync(shop, Csaf(2, "Neue Updates von Debian aufgenommen"));
        var silent = shop.Entries().Count;
        await DocumentAsync(shop, Csaf(3, "PoC aufgenommen"));

        Assert.Equal((1, 2), (silent, shop.Entries().Count));
    }

    [Fact]
    public async Task What_only_background_told_rings_when_a_source_that_reaches_everyone_tells_it_however_little_that_adds()
    {
        await using var shop = await OpenAsync();
        shop.Sources[1] = shop.Sources[1] with { Deliver = Delivery.Background };

        await DocumentAsync(shop, Csaf(1));
        var before = shop.Entries().Count;
        await FeedAsync(shop, Wid("NEU", "hoch"));

        Assert.Equal((0, 1), (before, shop.Entries().Count));
    }

    [Fact]
    public async Task The_statements_of_both_outlive_a_restart()
    {
        await using var shop = await OpenAsync();
        await DocumentAsync(shop, Csaf(1));
        await FeedAsync(shop, Wid("NEU", "UNGEPATCHT] [hoch"));
        await shop.AbandonAsync();

        await using var next = await Workshop.OpenAsync(before: shop);
        AddSources(next);
        var report = await DocumentAsync(next, Csaf(2, "Neue Updates von Debian aufgenommen"));
        var revision = await next.Store.FindRevisionAsync(new RevisionKey(Ids(next).Single(), 3), TestContext.Current.CancellationToken);

        Assert.Equal(1, report.Revised);
        Assert.True(revision!.Entry.NoPatch);
        Assert.Equal(["rss", "csaf"], revision.Tellers.Select(id => id.ToString()).OrderDescending(StringComparer.Ordinal));
    }

    private static async Task<Workshop> OpenAsync()
    {
        var shop = await Workshop.OpenAsync("2026-03-10T12:00:00Z");
        AddSources(shop);
        await shop.TellAsync(Rss());
        return shop;
    }

    private static void AddSources(Workshop shop)
    {
        shop.Sources.Clear();
        shop.Sources.Add(Make.Source("rss"));
        shop.Sources.Add(Make.Source("csaf"));
    }

    private static async Task<Kwid.Core.Pipeline.PollReport> FeedAsync(Workshop shop, string body) => await TellAsync(shop, shop.Sources[0], body);

    private static async Task<Kwid.Core.Pipeline.PollReport> DocumentAsync(Workshop shop, string body) => await TellAsync(shop, shop.Sources[1], body);

    private static async Task<Kwid.Core.Pipeline.PollReport> TellAsync(Workshop shop, Source source, string body)
    {
        shop.Network.Body = body;
        var report = await shop.Ingest.RunAsync(source, Workshop.Policy, TestContext.Current.CancellationToken);
        await shop.PublishAsync();
        return report;
    }

    private static List<AdvisoryId> Ids(Workshop shop) => [.. shop.Store.LoadAsync(TestContext.Current.CancellationToken).Result.Advisories.Where(advisory => advisory.LastRevision > 0).Select(advisory => advisory.Id)];

    private static string Rss(string items = "") => $"<rss version=\"2.0\"><channel><title>WID</title>{items}</channel></rss>";

    private static string Wid(string token, string severity, string date = "2026-03-10T09:00:00Z") => Rss($"""
        <item><title>[{token}] [{severity}] Libfoo: Mehrere Schwachstellen</title><link>https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-0001</link>
        <description>Ein Angreifer kann Libfoo angreifen.</description><pubDate>{Make.Instant(date):R}</pubDate></item>
        """);

    /// <summary>A document with so many revisions, the last one so worded.</summary>
    private static string Csaf(int version, string summary = "Initiale Fassung")
    {
        var history = string.Join(',', Enumerable.Range(1, version).Select(number => "{" +
            $"\"number\":\"{number}\",\"date\":\"{Early}\",\"summary\":\"{(number == version ? summary : "Neue Updates aufgenommen")}\"" + "}"));
        return $$$"""
            {"document":{"category":"csaf_base","csaf_version":"2.0","title":"Libfoo: Mehrere Schwachstellen","lang":"de-DE","aggregate_severity":{"text":"hoch"},
            "distribution":{"tlp":{"label":"WHITE"}},"publisher":{"category":"other","name":"BSI","namespace":"https://www.bsi.bund.de"},
            "references":[{"category":"self","summary":"Portal","url":"https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-0001"}],
            "notes":[{"category":"summary","title":"Angriff","text":"Ein Angreifer kann Libfoo angreifen, um beliebigen Programmcode auszuführen."}],
            "tracking":{"id":"WID-SEC-W-2026-0001","status":"final","version":"{{{version}}}","initial_release_date":"{{{Early}}}","current_release_date":"{{{Early}}}",
            "revision_history":[{{{history}}}]}},
            "vulnerabilities":[{"cve":"CVE-2026-0001"}]}
            """;
    }
}
