using Kwid.Core.Pipeline;

namespace Kwid.Tests.Pipeline;

public class ClockWatchTests
{
    [Fact]
    public async Task A_clock_that_three_servers_contradict_stops_publishing_and_says_so_until_they_agree()
    {
        await using var shop = await Workshop.OpenAsync();
        foreach (var host in (string[])["a.example", "b.example", "c.example"]) shop.Watch.Note(host, shop.Clock.GetUtcNow().AddHours(1));

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        Assert.Null(shop.Shelf.Last);
        Assert.Contains("clock", shop.Publish.Fault, StringComparison.Ordinal);

        foreach (var host in (string[])["a.example", "b.example"]) shop.Watch.Note(host, shop.Clock.GetUtcNow());
        Assert.NotNull(await shop.PublishAsync());
        Assert.Contains("WID-SEC-2026-0001", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_server_with_a_wrong_clock_stops_nothing()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Watch.Note("a.example", shop.Clock.GetUtcNow().AddYears(1));

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        Assert.NotNull(shop.Shelf.Last);
    }

    [Theory]
    [InlineData(2 * 24)]
    [InlineData(-1)]
    public async Task A_clock_that_jumps_between_two_polls_publishes_nothing_with_a_wrong_instant_and_goes_on_when_it_is_back(int hours)
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var last = shop.Shelf.Last!.Value;
        foreach (var host in (string[])["a.example", "b.example", "c.example"]) shop.Watch.Note(host, shop.Clock.GetUtcNow());

        shop.Clock.Jump(TimeSpan.FromHours(hours));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "hoch", 2)));
        Assert.Equal(last, shop.Shelf.Last);
        Assert.Contains("clock", shop.Publish.Fault, StringComparison.Ordinal);

        shop.Clock.Jump(TimeSpan.FromHours(-hours));
        var edition = await shop.PublishAsync();
        Assert.Equal(["WID-SEC-2026-0002"], edition!.Publications.Select(row => row.Revision.Advisory.ToString()).Distinct());
        Assert.InRange(edition.Instant, last.Instant.AddSeconds(1), last.Instant.AddMinutes(10));
    }

    [Fact]
    public async Task What_was_published_by_a_clock_two_days_ahead_does_not_keep_news_of_it_waiting_for_two_days()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "mittel", 1)));
        shop.Clock.Jump(TimeSpan.FromDays(2));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "mittel", 1), (2, "mittel", 2)));
        var ahead = shop.Shelf.Last!.Value.Instant;

        shop.Clock.Jump(TimeSpan.FromDays(-2));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "mittel", 1), (2, "hoch", 3)));

        Assert.Equal(ahead.AddSeconds(1), shop.Shelf.Last!.Value.Instant);
        Assert.Equal(2, shop.Entries("Libfoo 2").Count);
    }

    [Fact]
    public void After_a_sleep_in_which_the_time_since_the_start_stood_still_three_new_words_outweigh_all_former_ones()
    {
        var clock = new JumpingClock(Make.Instant("2026-03-10T12:00:00Z"));
        var watch = new ClockWatch(clock);
        foreach (var host in (string[])["a", "b", "c", "d", "e", "f", "g"]) watch.Note(host, clock.GetUtcNow());
        clock.Jump(TimeSpan.FromHours(8));
        watch.NoteJump();

        Assert.NotNull(watch.Fault);
        clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var host in (string[])["a", "b", "c"]) watch.Note(host, clock.GetUtcNow());

        Assert.Null(watch.Fault);
        Assert.True(watch.IsRight);
    }

    [Fact]
    public void What_a_server_said_hours_ago_counts_no_more()
    {
        var clock = new JumpingClock(Make.Instant("2026-03-10T12:00:00Z"));
        var watch = new ClockWatch(clock);
        foreach (var host in (string[])["a", "b", "c"]) watch.Note(host, clock.GetUtcNow().AddHours(1));
        Assert.NotNull(watch.Fault);

        clock.Advance(TimeSpan.FromHours(7));

        Assert.Null(watch.Fault);
        Assert.Null(watch.IsRight);
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(2, 0, null)]
    [InlineData(3, 0, true)]
    [InlineData(1, 24, false)]
    public void Three_servers_confirm_a_clock_and_a_single_one_casts_doubt(int hosts, int ahead, bool? isRight)
    {
        var clock = new JumpingClock(Make.Instant("2026-03-10T12:00:00Z"));
        var watch = new ClockWatch(clock);
        for (var host = 0; host < hosts; host++) watch.Note($"host{host}", clock.GetUtcNow().AddHours(ahead));

        Assert.Equal(isRight, watch.IsRight);
    }
}
