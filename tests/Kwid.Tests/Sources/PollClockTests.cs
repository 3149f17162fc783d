using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

public class PollClockTests
{
    private static readonly DateTimeOffset Now = Make.Instant("2026-03-01T08:00Z");

    [Theory]
    [InlineData(SourceClass.Must, null, 8, 12)]
    [InlineData(SourceClass.Normal, null, 48, 72)]
    [InlineData(SourceClass.Must, 30.0, 24, 36)]
    [InlineData(SourceClass.Normal, 0.05, 0.04, 0.06)]
    public void After_a_success_it_is_the_interval_give_or_take_a_fifth(SourceClass @class, double? own, double least, double most)
    {
        foreach (var pause in Pauses(Source(@class, own), PollResult.Success, 0)) Assert.InRange(pause.TotalMinutes, least, most);
    }

    [Theory]
    [InlineData(SourceClass.Must, null, 1, 10, 12)]
    [InlineData(SourceClass.Must, null, 2, 16, 24)]
    [InlineData(SourceClass.Must, null, 3, 32, 48)]
    [InlineData(SourceClass.Must, null, 4, 48, 60)]
    [InlineData(SourceClass.Must, null, 1000, 48, 60)]
    [InlineData(SourceClass.Must, 180.0, 5, 180, 216)]
    [InlineData(SourceClass.Normal, null, 1, 60, 72)]
    [InlineData(SourceClass.Normal, null, 4, 384, 576)]
    [InlineData(SourceClass.Normal, null, 6, 1152, 1440)]
    [InlineData(SourceClass.Normal, null, int.MaxValue, 1152, 1440)]
    [InlineData(SourceClass.Normal, 2880.0, 3, 2880, 3456)]
    [InlineData(SourceClass.Must, 0.05, 3, 0.16, 0.24)]
    public void After_failures_the_pause_doubles_up_to_the_ceiling_and_never_falls_below_the_interval(SourceClass @class, double? own, int failures, double least, double most)
    {
        var pauses = Pauses(Source(@class, own), PollResult.Failure(), failures);

        foreach (var pause in pauses) Assert.InRange(pause.TotalMinutes, least, most);
        Assert.True(pauses.Max() - pauses.Min() > TimeSpan.FromMinutes((most - least) / 2), "a sweep of failing sources is spread");
    }

    [Fact]
    public void A_remembered_plan_is_bounded_by_what_is_configured_now_and_one_of_a_wrong_clock_is_void()
    {
        var source = Source(SourceClass.Normal, null);
        var state = new SourceState { Source = source.Id, Address = "x", LastPoll = Now.AddHours(-1) };

        Assert.Equal(Now.AddHours(6), PollClock.Latest(source, Upstream.Polling(), state, Now));
        Assert.Equal(Now.AddHours(24), PollClock.Latest(source, Upstream.Polling(), state with { Error = "500" }, Now));
        Assert.Equal(Now.AddHours(20), PollClock.Latest(source with { Class = SourceClass.Must }, Upstream.Polling(), state with { PausedUntil = Now.AddHours(20) }, Now));
        Assert.Equal(Make.Instant("2026-03-02T06:00Z"), PollClock.Latest(source with { Cron = "0 6 * * *" }, Upstream.Polling(), state, Now));
        Assert.Equal(Now, PollClock.Latest(source, Upstream.Polling(), state with { LastPoll = Now.AddYears(10) }, Now));
    }

    [Fact]
    public void A_cron_expression_says_when_and_a_failure_never_makes_it_later()
    {
        var source = Source(SourceClass.Normal, null) with { Cron = "30 6 * * 1-5" };
        var policy = Upstream.Polling() with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

        Assert.Equal((Make.Instant("2026-03-02T05:30Z"), "cron 30 6 * * 1-5"), PollClock.Next(source, policy, PollResult.Success, 0, Now) is var plan ? (plan.At, plan.Reason) : default);
        Assert.InRange(PollClock.Next(source, policy, PollResult.Failure(), 1, Now).At, Now.AddHours(1), Now.AddHours(1.2));
        for (var minute = 0; minute < 60; minute++) Assert.True(PollClock.Next(source, policy, PollResult.Failure(), 20, Now.AddMinutes(minute)).At <= Make.Instant("2026-03-02T05:30Z"));
    }

    [Theory]
    [InlineData(5, 10, 12)]
    [InlineData(45, 45, 45)]
    [InlineData(300, 300, 300)]
    [InlineData(100_000, 1440, 1440)]
    public void Retry_After_is_kept_to_up_to_a_day(int asked, double least, double most)
    {
        var failure = PollResult.Failure(TimeSpan.FromMinutes(asked));

        foreach (var pause in Pauses(Source(SourceClass.Must, null), failure, 1)) Assert.InRange(pause.TotalMinutes, least, most);
    }

    [Theory]
    [InlineData(SourceClass.Must, 1, 8, 12)]
    [InlineData(SourceClass.Must, 20, 20, 20)]
    [InlineData(SourceClass.Must, 600, 30, 30)]
    [InlineData(SourceClass.Normal, 120, 120, 120)]
    [InlineData(SourceClass.Normal, 10_080, 360, 360)]
    public void Hints_slow_a_source_down_only_and_only_up_to_maxStaleness(SourceClass of, int hint, double least, double most)
    {
        var result = PollResult.Success with { Hint = TimeSpan.FromMinutes(hint) };

        foreach (var pause in Pauses(Source(of, null), result, 0)) Assert.InRange(pause.TotalMinutes, least, most);
    }

    [Fact]
    public void The_same_poll_always_gives_the_same_instant()
    {
        var source = Make.Source("bsi-wid");

        var next = PollClock.Next(source, Upstream.Polling(), PollResult.Success, 0, Now).At;

        // Written down: another number here means that an update of Kwid shifts every plan.
        Assert.Equal(Make.Instant("2026-03-01T08:09:42.4621629Z"), next);
    }

    [Fact]
    public void A_burst_of_sources_is_spread_over_the_whole_range()
    {
        var minutes = Enumerable.Range(0, 400)
            .Select(number => (PollClock.Next(Make.Source($"source-{number}"), Upstream.Polling(), PollResult.Success, 0, Now).At - Now).TotalMinutes)
            .GroupBy(pause => (int)((pause - 8) / 0.4))
            .ToDictionary(tenth => tenth.Key, tenth => tenth.Count());

        for (var tenth = 0; tenth < 10; tenth++) Assert.InRange(minutes.GetValueOrDefault(tenth), 20, 70);
    }

    [Fact]
    public void A_failed_fetch_hands_its_Retry_After_on_and_a_304_is_a_success()
    {
        Assert.Equal(PollResult.Failure(TimeSpan.FromMinutes(2)), PollResult.Of(new FetchOutcome.Failed(429, "slow down", TimeSpan.FromMinutes(2))));
        Assert.Equal(PollResult.Success, PollResult.Of(new FetchOutcome.NotModified(Validators.None)));
    }

    private static Source Source(SourceClass @class, double? minutes) =>
        Make.Source() with { Class = @class, Interval = minutes is { } own ? TimeSpan.FromMinutes(own) : null };

    private static List<TimeSpan> Pauses(Source source, PollResult result, int failures) =>
        [.. Enumerable.Range(0, 200).Select(minute => Now.AddMinutes(minute)).Select(now => PollClock.Next(source, Upstream.Polling(), result, failures, now).At - now)];
}
