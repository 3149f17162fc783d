using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Tests.Sources.Csaf;

namespace Kwid.Tests.Pipeline;

/// <summary>A CSAF provider from its index to the feeds.</summary>
public class CsafIngestTests
{
    [Fact]
    public async Task At_the_opening_all_that_is_read_is_history_by_its_own_dates()
    {
        var upstream = CsafUpstream.WithRolie();
        await using var shop = await OpenAsync(upstream);
        upstream.Publish("wid-sec-w-2026-0001", "2026-02-01T10:00:00Z", Document("0001", "2026-01-31T23:00:00Z"));
        upstream.Publish("wid-sec-w-2026-0002", "2026-03-09T10:00:00Z", Document("0002", "2026-03-08T23:00:00Z"));

        var report = await PollAsync(shop, 0);

        Assert.Equal(2, report.New);
        Assert.Contains("0002", Workshop.IdOf(shop.Entries()[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_joins_later_rings_only_with_what_is_recent_in_it()
    {
        var upstream = CsafUpstream.WithRolie();
        await using var shop = await OpenAsync(upstream);
        await PollAsync(shop, 1, Rss("urn:1", "Altlast"));
        upstream.Publish("wid-sec-w-2026-0001", "2026-03-09T10:00:00Z", Document("0001", "2026-01-31T23:00:00Z", ("2026-03-08T23:00:00Z", "Neue Updates von SUSE aufgenommen")));
        upstream.Publish("wid-sec-w-2026-0002", "2026-03-09T10:00:00Z", Document("0002", "2026-03-08T23:00:00Z"));
        upstream.Publish("wid-sec-w-2026-0003", "2026-03-09T10:00:00Z", Document("0003", "2026-01-31T23:00:00Z", ("2026-03-08T23:00:00Z", "Aktive Ausnutzung gemeldet")));

        await PollAsync(shop, 0);

        Assert.Equal(["0002", "0003"], shop.Entries("WID-SEC").Select(Number).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_only_listed_is_a_revision_when_it_changes_and_rings_if_that_matters()
    {
        var upstream = CsafUpstream.WithRolie();
        await using var shop = await OpenAsync(upstream);
        upstream.Publish("wid-sec-w-2023-0001", "2023-05-02T10:00:00Z", Document("0001", "2023-05-01T22:00:00Z", 2023));
        upstream.Publish("wid-sec-w-2023-0002", "2023-05-02T10:00:00Z", Document("0002", "2023-05-01T22:00:00Z", 2023));
        await PollAsync(shop, 0);
        await PollAsync(shop, 1, Rss("urn:1", "Altlast"));

        upstream.Publish("wid-sec-w-2023-0001", "2026-03-10T10:00:00Z", Document("0001", "2023-05-01T22:00:00Z", 2023, ("2026-03-09T23:00:00Z", "Neue Updates von SUSE aufgenommen")));
        upstream.Publish("wid-sec-w-2023-0002", "2026-03-10T10:00:00Z", Document("0002", "2023-05-01T22:00:00Z", 2023, ("2026-03-09T23:00:00Z", "PoC aufgenommen")));
        var report = await PollAsync(shop, 0);

        Assert.Equal((0, 2), (report.New, report.Revised));
        Assert.Equal(["0002"], shop.Entries("WID-SEC").Select(Number));
    }

    [Fact]
    public async Task A_feed_that_tells_an_update_of_what_is_only_listed_rings_nobody_and_hides_no_news_of_the_document()
    {
        var upstream = CsafUpstream.WithRolie();
        await using var shop = await OpenAsync(upstream);
        upstream.Publish("wid-sec-w-2023-0001", "2023-05-02T10:00:00Z", Document("0001", "2023-05-01T22:00:00Z", 2023));
        await PollAsync(shop, 0);
        await PollAsync(shop, 1, Rss("urn:1", "Altlast"));

        await PollAsync(shop, 1, Rss("https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2023-0001", "[UPDATE] [hoch] Libfoo: Schwachstelle"));
        var quiet = shop.Entries("WID-SEC").Count;
        upstream.Publish("wid-sec-w-2023-0001", "2026-03-10T10:00:00Z", Document("0001", "2023-05-01T22:00:00Z", 2023, ("2026-03-09T23:00:00Z", "PoC aufgenommen")));
        await PollAsync(shop, 0);

        Assert.Equal((0, 1), (quiet, shop.Entries("WID-SEC").Count));
    }

    [Fact]
    public async Task What_stands_in_a_feed_that_is_not_open_is_not_open_without_a_label_of_its_own()
    {
        var upstream = CsafUpstream.WithRolie();
        upstream.Show(CsafUpstream.Metadata, $$$"""{ "distributions": [ { "rolie": { "feeds": [ { "tlp_label": "GREEN", "url": "{{{CsafUpstream.Rolie}}}" } ] } } ] }""");
        await using var shop = await OpenAsync(upstream);
        upstream.Publish("wid-sec-w-2026-0001", "2026-03-09T10:00:00Z", Document("0001", "2026-03-08T23:00:00Z").Replace("\"distribution\"", "\"other\"", StringComparison.Ordinal));

        var report = await PollAsync(shop, 0);
        var stored = await shop.Store.FindRevisionAsync(new RevisionKey(new AdvisoryId("WID-SEC-2026-0001"), 1), TestContext.Current.CancellationToken);

        Assert.Equal((1, Tlp.Green), (report.New, stored!.Entry.Tlp));
        Assert.Empty(shop.Entries());
    }

    private static async Task<Workshop> OpenAsync(CsafUpstream upstream)
    {
        var shop = await Workshop.OpenAsync("2026-03-10T12:00:00Z");
        upstream.Time.SetUtcNow(shop.Clock.GetUtcNow().AddDays(300));
        shop.Sources.Clear();
        shop.Sources.AddRange([Make.Source("csaf", url: CsafUpstream.Metadata) with { Kind = SourceKind.Csaf }, Make.Source("rss", url: "https://rss.example/feed")]);
        shop.Network.Special = request => request.Address.Host == "csaf.example" ? upstream.FetchAsync(request, TestContext.Current.CancellationToken).Result : null;
        return shop;
    }

    private static async Task<Kwid.Core.Pipeline.PollReport> PollAsync(Workshop shop, int source, string? body = null)
    {
        shop.Network.Body = body;
        var report = await shop.Ingest.RunAsync(shop.Sources[source], Workshop.Policy, TestContext.Current.CancellationToken);
        Assert.Null(report.Error);
        await shop.PublishAsync();
        return report;
    }

    private static string Number(System.Xml.Linq.XElement entry) => Workshop.IdOf(entry).Split('/')[1].Split('-')[^1];

    private static string Rss(string link, string title) =>
        $"<rss version=\"2.0\"><channel><title>WID</title><item><title>{title}</title><link>{link}</link><guid isPermaLink=\"false\">{link}</guid><description>Text.</description><pubDate>Tue, 10 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>";

    private static string Document(string number, string published, params (string Date, string Summary)[] later) => Document(number, published, 2026, later);

    private static string Document(string number, string published, int year, params (string Date, string Summary)[] later) => JsonSerializer.Serialize(new
    {
        document = new
        {
            csaf_version = "2.0",
            category = "csaf_base",
            title = "Libfoo: Mehrere Schwachstellen",
            aggregate_severity = new { text = "hoch" },
            distribution = new { tlp = new { label = "WHITE" } },
            publisher = new { name = "BSI", @namespace = "https://www.bsi.bund.de" },
            notes = new[] { new { category = "summary", title = "Angriff", text = "Ein Angreifer kann Libfoo angreifen." } },
            tracking = new
            {
                id = $"WID-SEC-W-{year}-{number}",
                status = "final",
                version = $"{later.Length + 1}",
                initial_release_date = published,
                current_release_date = later.Length > 0 ? later[^1].Date : published,
                revision_history = later.Prepend((Date: published, Summary: "Initiale Fassung")).Select((item, index) => new { number = $"{index + 1}", date = item.Date, summary = item.Summary }),
            },
        },
    });
}
