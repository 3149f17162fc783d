using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;

namespace Kwid.Tests.Pipeline;

/// <summary>What polls leave behind of a source's health.</summary>
public class SourceHealthTests
{
    private static readonly FetchOutcome.Failed Silent = new(null, "did not answer") { IsUnreached = true };

    [Fact]
    public async Task A_source_that_answers_is_ok_and_one_outage_is_told_however_many_polls_fail()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 5));
        Assert.Equal(HealthState.Ok, State(shop).Condition.State);

        shop.Network.Failure = new FetchOutcome.Failed(500, "answered 500");
        var began = shop.Clock.GetUtcNow();
        await shop.TellAsync(null);
        Assert.Empty(State(shop).Outages);
        for (var poll = 0; poll < 6; poll++) await LaterAsync(shop, TimeSpan.FromMinutes(20));
        var lasting = Assert.Single(State(shop).Outages);
        Assert.Equal((began, HealthState.Failing, "answered 500", (DateTimeOffset?)null), (lasting.Start, lasting.State, lasting.Reason, lasting.End));
        Assert.Equal((HealthState.Failing, began, 7), (State(shop).Condition.State, State(shop).FailingSince!.Value, State(shop).Failures));

        shop.Network.Failure = null;
        var ended = shop.Clock.GetUtcNow();
        await shop.TellAsync(null);

        Assert.Equal((HealthState.Ok, (string?)null, ended), (State(shop).Condition.State, State(shop).Condition.Reason, State(shop).AnsweringSince!.Value));
        Assert.Equal(ended, Assert.Single(State(shop).Outages).End);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_delays_no_notice_of_an_outage_and_no_end_of_it()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 5));
        shop.Network.Failure = Silent;
        await LaterAsync(shop, TimeSpan.FromMinutes(20));

        shop.Clock.Jump(TimeSpan.FromDays(-2));
        await shop.TellAsync(null);
        await LaterAsync(shop, TimeSpan.FromHours(6));
        Assert.Single(shop.Entries("[STÖRUNG]"));
        shop.Network.Failure = null;
        await shop.TellAsync(null);
        shop.Clock.Jump(TimeSpan.FromDays(-2));
        await shop.TellAsync(null);
        await LaterAsync(shop, TimeSpan.FromHours(1));

        Assert.Empty(shop.Entries("[STÖRUNG]"));
    }

    [Fact]
    public async Task What_fails_again_at_once_is_the_same_outage_and_a_day_later_another()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 5));
        async Task BreakAsync()
        {
            shop.Network.Failure = Silent;
            await LaterAsync(shop, TimeSpan.FromMinutes(10));
            await LaterAsync(shop, TimeSpan.FromMinutes(10));
            shop.Network.Failure = null;
            await LaterAsync(shop, TimeSpan.FromMinutes(10));
        }

        await BreakAsync();
        await BreakAsync();
        Assert.Single(State(shop).Outages);
        await LaterAsync(shop, TimeSpan.FromDays(1));
        await BreakAsync();

        Assert.Equal(2, State(shop).Outages.Count);
        Assert.All(State(shop).Outages, outage => Assert.NotNull(outage.End));
    }

    [Fact]
    public async Task An_outage_is_ended_by_an_answer_alone_not_by_a_pause_that_the_server_asks_for()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 5));
        shop.Network.Failure = new FetchOutcome.Failed(503, "answered 503");
        for (var poll = 0; poll < 3; poll++) await LaterAsync(shop, TimeSpan.FromMinutes(20));
        shop.Network.Failure = new FetchOutcome.Failed(503, "answered 503", TimeSpan.FromHours(3));
        await LaterAsync(shop, TimeSpan.FromMinutes(20));
        shop.Network.Failure = new FetchOutcome.Failed(503, "answered 503");
        await LaterAsync(shop, TimeSpan.FromHours(3));
        await LaterAsync(shop, TimeSpan.FromHours(1));

        Assert.Null(Assert.Single(State(shop).Outages).End);
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_for_hours_is_an_outage()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 5));
        shop.Network.Failure = new FetchOutcome.Failed(429, "asks for a pause", TimeSpan.FromHours(1));
        await shop.TellAsync(null);
        Assert.Empty(State(shop).Outages);

        await LaterAsync(shop, TimeSpan.FromHours(2));

        Assert.Equal(HealthState.Paused, Assert.Single(State(shop).Outages).State);
    }

    [Fact]
    public async Task A_page_at_the_address_is_no_feed_and_410_is_gone_yet_asked_daily()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 5));

        await shop.TellAsync("<!DOCTYPE html><html><body>Wartung</body></html>");
        Assert.Equal(HealthState.NotAFeed, State(shop).Condition.State);
        shop.Network.Failure = new FetchOutcome.Failed(410, "is gone for good");
        var report = await shop.TellAsync(null);

        Assert.Equal(HealthState.Gone, State(shop).Condition.State);
        Assert.Equal(24, (report.NextPoll - shop.Clock.GetUtcNow()).TotalHours, 0.1);
        Assert.Contains("daily", report.NextPollReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_pauses_its_source_and_a_poll_that_was_put_off_is_nobodys_failure()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Items(1, 5));

        shop.Network.Failure = new FetchOutcome.Failed(429, "asks for a pause", TimeSpan.FromHours(2));
        var asked = await shop.TellAsync(null);
        Assert.Equal((HealthState.Paused, 1), (State(shop).Condition.State, State(shop).Failures));
        Assert.Equal("Retry-After of 02:00:00", asked.NextPollReason);
        shop.Network.Failure = new FetchOutcome.Failed(null, "was not asked", TimeSpan.FromHours(1)) { IsPostponed = true };
        var postponed = await shop.TellAsync(null);

        Assert.Equal((HealthState.Paused, 1, 429), (State(shop).Condition.State, State(shop).Failures, State(shop).LastStatus));
        Assert.InRange(postponed.NextPoll - shop.Clock.GetUtcNow(), TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task A_document_that_lost_most_of_its_entries_has_shrunk_until_a_whole_one_comes()
    {
        await using var shop = await Workshop.OpenAsync();
        for (var count = 1; count < 4; count++) await shop.TellAsync(Items(1, 50));

        await shop.TellAsync(Items(1, 10));
        var shrunk = State(shop).Condition;
        await shop.TellAsync(null);
        Assert.Equal(HealthState.Shrunk, State(shop).Condition.State);
        await shop.TellAsync(Items(1, 49));

        Assert.Equal((HealthState.Shrunk, "10 entries instead of about 50."), (shrunk.State, shrunk.Reason![..31]));
        Assert.Equal(HealthState.Ok, State(shop).Condition.State);
        Assert.Single(State(shop).Outages);
    }

    [Fact]
    public async Task Entries_that_lose_their_dates_are_drift_and_those_that_never_had_any_are_not()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Vendor(Enumerable.Range(1, 8).Select(number => ($"{number}", $"Libfoo {number}", (int?)null))));
        Assert.Equal(HealthState.Ok, State(shop).Condition.State);

        await shop.TellAsync(Items(1, 8));
        await shop.TellAsync(ScriptedFetcher.Vendor(Enumerable.Range(1, 8).Select(number => ($"{number}", $"Libfoo {number}", number < 3 ? number : (int?)null))));

        Assert.Equal(HealthState.Drift, State(shop).Condition.State);
        Assert.Contains("6 of 8 entries bear no readable date", State(shop).Condition.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_keeps_silent_for_longer_than_ever_is_stale_until_it_speaks()
    {
        await using var shop = await Workshop.OpenAsync(now: "2026-03-10T12:00:00Z");       // a Tuesday
        await shop.TellAsync(Items(2, 10));
        Assert.Equal(HealthState.Ok, State(shop).Condition.State);

        await LaterAsync(shop, TimeSpan.FromDays(3));
        Assert.Equal(HealthState.Stale, State(shop).Condition.State);
        Assert.Contains("Nothing new since 2026-03-10 08:00 UTC", State(shop).Condition.Reason, StringComparison.Ordinal);
        await shop.TellAsync(Items(2, 13));

        Assert.Equal(HealthState.Ok, State(shop).Condition.State);
    }

    [Fact]
    public async Task A_source_that_answers_from_elsewhere_for_good_says_what_to_change()
    {
        await using var shop = await Workshop.OpenAsync();
        var exchange = new Exchange("https://upstream.example/feed", [], 200, [], TimeSpan.FromMilliseconds(40), 10);
        shop.Network.Special = request => ScriptedFetcher.Fetched(request, Items(1, 5)) with { MovedTo = new Uri("https://new.example/feed"), Exchanges = [exchange], CertificateExpires = Make.Instant("2027-01-01T00:00Z") };
        var report = await shop.TellAsync(null);

        Assert.Equal(HealthState.Moved, report.Health.State);
        Assert.Contains("set the url of source 'bsi-wid' in feeds.config.json", report.Health.Reason, StringComparison.Ordinal);
        Assert.Equal((40, 40, Make.Instant("2027-01-01T00:00Z")), (report.Health.LatencyP50!.Value, report.Health.LatencyP95!.Value, report.Health.CertificateExpires!.Value));
        Assert.Empty(State(shop).Outages);
    }

    [Fact]
    public async Task Health_survives_a_restart()
    {
        await using var before = await Workshop.OpenAsync();
        await before.TellAsync(Items(1, 50));
        before.Network.Failure = Silent;
        await LaterAsync(before, TimeSpan.FromMinutes(10));
        await LaterAsync(before, TimeSpan.FromMinutes(10));
        var health = SourceHealth.Of(State(before));
        await before.Writer.FlushAsync(TestContext.Current.CancellationToken);
        await before.AbandonAsync();

        await using var after = await Workshop.OpenAsync(before: before);

        Assert.Equal(health, SourceHealth.Of(State(after)));
        Assert.Equal((HealthState.Failing, 2, 216.0), (health.State, health.ConsecutiveErrors, health.CoverageHours!.Value));
        Assert.Single(State(after).Outages);
    }

    [Fact]
    public async Task A_dry_run_tells_what_it_found_and_changes_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Network.Body = Items(1, 5);

        var dry = await shop.Ingest.RunAsync(shop.Sources[0], Workshop.Policy, dryRun: true, TestContext.Current.CancellationToken);
        Assert.Equal((5, true), (dry.New, dry.IsDryRun));
        Assert.Null(State(shop).LastPoll);
        Assert.Empty((await shop.Store.LoadAsync(TestContext.Current.CancellationToken)).Sources);
        var whole = await shop.TellAsync(Items(1, 5));

        Assert.Equal((5, false), (whole.New, whole.IsDryRun));
        Assert.StartsWith("No validators known: asked unconditionally; a document came; its validators are kept: ETag", whole.ValidatorsDecision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_whose_next_file_is_small_has_not_shrunk()
    {
        await using var shop = await Workshop.OpenAsync();
        var inbox = Directory.CreateTempSubdirectory("kwid-inbox-");
        shop.Sources[0] = Make.Source(url: "file://" + inbox.FullName);
        foreach (var (name, body) in new[] { ("1.xml", Items(1, 50)), ("2.xml", Items(51, 52)) }) await File.WriteAllTextAsync(Path.Combine(inbox.FullName, name), body, TestContext.Current.CancellationToken);

        var report = await shop.TellAsync(null);
        inbox.Delete(recursive: true);

        Assert.Equal((52, HealthState.Ok), (report.New, report.Health.State));
    }

    private static SourceState State(Workshop shop) => shop.States.Of(shop.Sources[0]);

    /// <summary>Items with these numbers, a day apart; the last is of the 10th, today.</summary>
    private static string Items(int from, int to) =>
        ScriptedFetcher.Vendor(Enumerable.Range(from, to - from + 1).Select(number => ($"{number}", $"Libfoo {number}", (int?)Math.Max(1, 10 - to + number))));

    private static async Task LaterAsync(Workshop shop, TimeSpan pause)
    {
        shop.Clock.Advance(pause - TimeSpan.FromMinutes(1));
        await shop.TellAsync(null);
    }
}
