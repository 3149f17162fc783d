using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;

namespace Kwid.Tests.Pipeline;

public class FactsTests
{
    private static readonly Source Kev = Make.Source("cisa-kev", "https://kev.example/kev.json", Delivery.Background) with { Kind = SourceKind.Facts, Class = SourceClass.Normal, Name = "KEV" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_advisory_whose_cve_a_catalogue_lists_is_exploited_from_then_on_and_rings()
    {
        await using var shop = await OpenAsync();
        await ListAsync(shop, ("CVE-2020-0009", "2026-03-01"));
        await TellAsync(shop, "Libfoo CVE-2026-0001");

        var report = await ListAsync(shop, ("CVE-2020-0009", "2026-03-01"), ("CVE-2026-0001", "2026-03-10"));

        Assert.Equal((PollOutcome.Read, 0, 1, null), (report.Outcome, report.New, report.Revised, report.Error));
        var last = await LastAsync(shop, "a");
        Assert.Equal(new Exploitation(ExploitationLevel.Exploited, "CISA KEV", Make.Instant("2026-03-10T00:00Z")), last.Entry.Exploitation);
        Assert.Equal([("exploited", News.Exploited)], last.Changes.Select(change => (change.Rule, change.News)));
    }

    [Fact]
    public async Task An_advisory_that_comes_after_the_fact_bears_it_from_its_first_revision()
    {
        await using var shop = await OpenAsync();
        await ListAsync(shop, ("CVE-2026-0001", "2026-03-09"));

        await TellAsync(shop, "Libfoo CVE-2026-0001");

        var last = await LastAsync(shop, "a");
        Assert.Equal((1, ExploitationLevel.Exploited), (last.Key.Number, last.Entry.Exploitation?.Level));
    }

    [Fact]
    public async Task At_a_catalogues_first_poll_what_it_lists_since_long_is_added_in_silence()
    {
        await using var shop = await OpenAsync();
        shop.Network.Body = ScriptedFetcher.Vendor([("a", "Libfoo CVE-2026-0001", 9), ("b", "Libbar CVE-2026-0002", 9), ("c", "Libbaz CVE-2026-0003", 9)]);
        await shop.TellAsync(shop.Network.Body);

        var report = await ListAsync(shop, ("CVE-2026-0001", "2026-03-01"), ("CVE-2026-0002", "2026-03-09"), ("CVE-2026-0003", "tbc"));

        Assert.Equal(3, report.Revised);
        Assert.Equal([("exploited-told", null)], (await LastAsync(shop, "a")).Changes.Select(change => (change.Rule, change.News)));
        Assert.Equal([("exploited", News.Exploited)], (await LastAsync(shop, "b")).Changes.Select(change => (change.Rule, change.News)));
        Assert.Equal([("exploited-told", null)], (await LastAsync(shop, "c")).Changes.Select(change => (change.Rule, change.News)));
    }

    [Fact]
    public async Task The_same_list_and_a_shorter_one_change_nothing_even_after_a_restart()
    {
        await using var before = await OpenAsync();
        await TellAsync(before, "Libfoo CVE-2026-0001");
        await ListAsync(before, ("CVE-2026-0001", "2026-03-09"), ("CVE-2020-0009", "2026-03-01"));
        await before.AbandonAsync();
        await using var shop = await Workshop.OpenAsync(before: before);

        var same = await ListAsync(shop, ("CVE-2026-0001", "2026-03-09"), ("CVE-2020-0009", "2026-03-01"));
        var shorter = await ListAsync(shop, ("CVE-2020-0009", "2026-03-01"));
        await TellAsync(shop, "Libfoo CVE-2026-0001");

        Assert.Equal((0, 0), (same.Revised, shorter.Revised));
        Assert.Equal(2, (await LastAsync(shop, "a")).Key.Number);
    }

    [Fact]
    public async Task What_its_source_says_later_takes_the_fact_not_away_and_rings_not_again()
    {
        await using var shop = await OpenAsync();
        await TellAsync(shop, "Libfoo CVE-2026-0001");
        await ListAsync(shop, ("CVE-2026-0001", "2026-03-10"));

        await TellAsync(shop, "Libfoo CVE-2026-0001, also Libbar");

        var last = await LastAsync(shop, "a");
        Assert.Equal((3, "CISA KEV"), (last.Key.Number, last.Entry.Exploitation?.By));
        Assert.DoesNotContain(last.Changes, change => change.Field == "exploitation");
    }

    [Fact]
    public async Task A_dry_run_decides_and_learns_nothing()
    {
        await using var shop = await OpenAsync();
        await TellAsync(shop, "Libfoo CVE-2026-0001");
        shop.Network.Special = request => request.Source.Id == Kev.Id ? ScriptedFetcher.Fetched(request, Catalogue(("CVE-2026-0001", "2026-03-10"))) : null;

        var dry = await shop.Ingest.RunAsync(Kev, Workshop.Policy, dryRun: true, Cancel);
        var real = await shop.Ingest.RunAsync(Kev, Workshop.Policy, Cancel);

        Assert.Equal((1, 1), (dry.Revised, real.Revised));
        Assert.Single((await shop.Store.LoadAsync(Cancel)).Facts);
    }

    [Fact]
    public async Task A_score_that_comes_later_brings_its_band_where_the_source_gave_none()
    {
        await using var shop = await OpenAsync();
        await TellAsync(shop, "Libfoo CVE-2026-0001");
        shop.Network.Special = request => request.Source.Id == Kev.Id ? ScriptedFetcher.Fetched(request, """[{"id":"EUVD-2026-1","aliases":"CVE-2026-0001","baseScore":7.5,"baseScoreVersion":"3.1"}]""") : null;

        await shop.Ingest.RunAsync(Kev, Workshop.Policy, Cancel);

        var last = await LastAsync(shop, "a");
        Assert.Equal((Severity.High, 7.5, "ENISA EUVD"), (last.Entry.Severity, last.Entry.Cvss?.Score, last.Entry.Cvss?.By));
    }

    [Fact]
    public async Task More_facts_than_one_transaction_takes_are_all_kept()
    {
        await using var shop = await OpenAsync();
        await TellAsync(shop, "Libfoo CVE-2021-1200");
        var all = Enumerable.Range(1, 1_200).Select(number => ($"CVE-2021-{number:0000}", "2026-03-10")).ToArray();

        var report = await ListAsync(shop, all);

        Assert.Equal((PollOutcome.Read, 1), (report.Outcome, report.Revised));
        Assert.Equal(1_200, (await shop.Store.LoadAsync(Cancel)).Facts.Count);
        Assert.Equal(1_200, shop.States.Of(Kev).LastEntries);
    }

    [Fact]
    public async Task A_feed_at_a_catalogues_address_is_a_failed_poll_that_says_which_kind_to_write()
    {
        await using var shop = await OpenAsync();
        shop.Network.Special = request => ScriptedFetcher.Fetched(request, ScriptedFetcher.Vendor([("a", "x", 9)]));

        var report = await shop.Ingest.RunAsync(Kev, Workshop.Policy, Cancel);

        Assert.Equal(PollOutcome.Failed, report.Outcome);
        Assert.Contains("change its kind to \"feed\"", report.Error, StringComparison.Ordinal);
    }

    private static async Task<Workshop> OpenAsync()
    {
        var shop = await Workshop.OpenAsync();
        shop.Sources.Add(Kev);
        await shop.TellAsync(ScriptedFetcher.Vendor([("opening", "Opening", 1)]));
        return shop;
    }

    private static Task<PollReport> TellAsync(Workshop shop, string title) => shop.TellAsync(ScriptedFetcher.Vendor([("a", title, 9)]));

    private static async Task<PollReport> ListAsync(Workshop shop, params (string Cve, string Date)[] items)
    {
        shop.Network.Special = request => request.Source.Id == Kev.Id ? ScriptedFetcher.Fetched(request, Catalogue(items)) : null;
        var report = await shop.Ingest.RunAsync(Kev, Workshop.Policy, Cancel);
        await shop.PublishAsync();
        return report;
    }

    private static string Catalogue(params (string Cve, string Date)[] items) =>
        $$"""{"title":"Known Exploited","vulnerabilities":[{{string.Join(',', items.Select(item => $$"""{"cveID":"{{item.Cve}}","dateAdded":"{{item.Date}}","dueDate":"2026-04-01"}"""))}}]}""";

    private static async Task<Revision> LastAsync(Workshop shop, string guid)
    {
        foreach (var advisory in (await shop.Store.LoadAsync(Cancel)).Advisories)
            if (await shop.Store.FindRevisionAsync(new RevisionKey(advisory.Id, advisory.LastRevision), Cancel) is { } last && last.Entry.Guid == guid) return last;
        throw new InvalidOperationException($"no advisory with guid {guid}");
    }
}
