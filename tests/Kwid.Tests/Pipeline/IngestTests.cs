using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;

namespace Kwid.Tests.Pipeline;

public class IngestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_source_says_is_new_once_and_then_the_same()
    {
        await using var shop = await Workshop.OpenAsync();

        var first = await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));
        var again = await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));

        Assert.Equal((PollOutcome.Read, 2, 0), (first.Outcome, first.New, first.Revised));
        Assert.Equal((PollOutcome.Read, 0, 0), (again.Outcome, again.New, again.Revised));
    }

    [Fact]
    public async Task The_next_request_bears_the_validators_that_were_committed_with_the_entries()
    {
        await using var shop = await Workshop.OpenAsync();

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var unchanged = await shop.TellAsync(null);

        Assert.Equal([null, "\"v1\""], shop.Network.Asked.Select(validators => validators.ETag));
        Assert.Equal(PollOutcome.Unchanged, unchanged.Outcome);
        Assert.Equal("\"v1\"", (await shop.Store.LoadAsync(Cancel)).Sources.Single().Validators.ETag);
    }

    [Fact]
    public async Task A_failed_poll_keeps_validators_and_entries_and_says_why()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        shop.Network.Failure = new FetchOutcome.Failed(503, "is overloaded", TimeSpan.FromHours(2));
        var report = await shop.TellAsync(null);

        var state = shop.States.Of(shop.Sources[0]);
        Assert.Equal((PollOutcome.Failed, "is overloaded", 503), (report.Outcome, report.Error, report.HttpStatus));
        Assert.Equal(("\"v1\"", 1, "is overloaded"), (state.Validators.ETag, state.Failures, state.Error));
        Assert.True(report.NextPoll >= shop.Clock.GetUtcNow().AddMinutes(118));
    }

    [Fact]
    public async Task A_page_instead_of_a_feed_is_a_failure_that_keeps_everything()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        var report = await shop.TellAsync("<!DOCTYPE html><html><head><title>Wartung</title></head><body>Wartung</body></html>");

        Assert.Equal(PollOutcome.Failed, report.Outcome);
        Assert.Contains("HTML", report.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("\"v1\"", shop.States.Of(shop.Sources[0]).Validators.ETag);
    }

    [Fact]
    public async Task A_changed_address_is_asked_without_validators()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        shop.Sources[0] = Make.Source(url: "https://moved.example/feed");
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        Assert.Equal([null, null], shop.Network.Asked.Select(validators => validators.ETag));
    }

    [Fact]
    public async Task After_the_opening_a_sources_first_poll_announces_its_last_seven_days_only()
    {
        await using var shop = await Workshop.OpenAsync(now: "2026-03-20T12:00:00Z");
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        shop.Sources[0] = Make.Source(id: "late", url: "https://late.example/feed");
        var report = await shop.TellAsync(ScriptedFetcher.Wid((2, "hoch", 2), (3, "hoch", 19)));

        Assert.Equal(2, report.New);
        Assert.Contains("WID-SEC-2026-0003", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("WID-SEC-2026-0002", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_source_goes_on_where_it_was()
    {
        await using var shop = await Workshop.OpenAsync();
        var feed = ScriptedFetcher.Wid((1, "hoch", 1)).Replace("name=WID-SEC-2026-", "name=", StringComparison.Ordinal);
        await shop.TellAsync(feed);

        shop.Sources[0] = Make.Source(id: "renamed") with { FormerIds = [new SourceId("bsi-wid")] };
        var same = await shop.TellAsync(feed);
        var revised = await shop.TellAsync(feed.Replace("kann etwas tun", "kann viel tun", StringComparison.Ordinal));

        Assert.Equal([null, "\"v1\"", "\"v2\""], shop.Network.Asked.Select(validators => validators.ETag));
        Assert.Equal((0, 0), (same.New, same.Revised));
        Assert.Equal((0, 1), (revised.New, revised.Revised));
        Assert.Single(shop.Feed().Split("<entry ").Skip(1));
    }

    [Fact]
    public async Task When_a_source_is_no_longer_asked_another_goes_on_telling_its_advisories()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        shop.Sources[0] = Make.Source(id: "successor", url: "https://successor.example/feed");
        var report = await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 2)));

        Assert.Equal((0, 1), (report.New, report.Revised));
        Assert.Contains("[HOCH → KRITISCH]", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_first_poll_did_not_announce_rings_when_it_matters_and_not_for_a_touch_up()
    {
        await using var shop = await Workshop.OpenAsync(now: "2026-03-20T12:00:00Z");
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        shop.Sources[0] = Make.Source(id: "late", url: "https://late.example/feed");
        await shop.TellAsync(ScriptedFetcher.Wid((2, "hoch", 2)));

        await shop.TellAsync(ScriptedFetcher.Wid((2, "hoch", 3)));
        Assert.DoesNotContain("WID-SEC-2026-0002", shop.Feed(), StringComparison.Ordinal);

        await shop.TellAsync(ScriptedFetcher.Wid((2, "kritisch", 4)));
        Assert.Contains("WID-SEC-2026-0002/r3", shop.Feed(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tlp.Green, Delivery.Always)]
    [InlineData(Tlp.Clear, Delivery.Background)]
    public async Task What_a_source_that_reaches_nobody_told_first_rings_when_a_public_one_tells_it(Tlp label, Delivery deliver)
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source(id: "inbox", url: "https://inbox.example/", tlp: label, deliver: deliver);
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        Assert.DoesNotContain("WID-SEC-2026-0001", shop.Feed(), StringComparison.Ordinal);

        shop.Sources.Insert(0, Make.Source());
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)).Replace("etwas tun", "viel tun", StringComparison.Ordinal));

        Assert.Contains("WID-SEC-2026-0001", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_entries_with_one_title_and_one_link_are_two_and_stay_two()
    {
        await using var shop = await Workshop.OpenAsync();
        static string Feed(string text) => $"<rss version=\"2.0\"><channel><title>x</title>{string.Concat(new[] { "g1", "g2" }.Select(guid => $"<item><guid isPermaLink=\"false\">{guid}</guid><title>Security Bulletin</title><link>https://v.example/list</link><description>{guid} {text}</description></item>"))}</channel></rss>";

        var first = await shop.TellAsync(Feed("one"));
        var same = await shop.TellAsync(Feed("one"));
        var both = await shop.TellAsync(Feed("two"));

        Assert.Equal([(2, 0), (0, 0), (0, 2)], [(first.New, first.Revised), (same.New, same.Revised), (both.New, both.Revised)]);
    }

    [Fact]
    public async Task A_damaged_document_is_read_again_even_when_the_server_would_say_unchanged()
    {
        await using var shop = await Workshop.OpenAsync();

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)).Split("</channel>")[0] + "<item><title>broken</titl");
        await shop.TellAsync(null);

        Assert.Equal([null, null], shop.Network.Asked.Select(validators => validators.ETag));
    }

    [Fact]
    public async Task A_document_that_asks_for_longer_pauses_gets_them_also_after_a_304_and_a_restart()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source() with { Class = SourceClass.Normal };
        var asked = ScriptedFetcher.Wid((1, "hoch", 1)).Replace("<channel>", "<channel><ttl>180</ttl>", StringComparison.Ordinal);

        await shop.TellAsync(asked);
        var first = Pause(shop);
        await shop.TellAsync(null);
        var unchanged = Pause(shop);
        await shop.AbandonAsync();
        await using var again = await Workshop.OpenAsync(before: shop);
        again.Sources[0] = shop.Sources[0];
        await again.TellAsync(null);

        Assert.Equal((3, 3, 3), (first, unchanged, Pause(again)));

        static double Pause(Workshop shop) => Math.Round((shop.States.Of(shop.Sources[0]).NextPoll!.Value - shop.States.Of(shop.Sources[0]).LastPoll!.Value).TotalHours, 3);
    }

    [Fact]
    public async Task Of_a_secret_address_only_the_host_shows_in_what_is_published()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source(url: "https://h.example/kwt_SECRET/feed?token=SECRET") with { IsAddressConfidential = true };

        await shop.TellAsync("<rss version=\"2.0\"><channel><title>x</title><item><guid>1</guid><title>T</title><link>#a</link><description>&lt;a href=\"c.html\"&gt;c&lt;/a&gt;</description></item></channel></rss>");

        Assert.Contains("https://h.example/", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", shop.Feed() + shop.Feed("05315000.rss"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sources_that_bring_one_advisory_make_one_entry()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        shop.Sources.Insert(0, Make.Source(id: "mirror", url: "https://mirror.example/feed"));
        var report = await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        Assert.Equal((0, 0), (report.New, report.Revised));
        Assert.Single(shop.Feed().Split("<entry ").Skip(1));
    }
}
