using Kwid.Core.Health;

namespace Kwid.Tests.Health;

public class SilenceTests
{
    private static readonly DateTimeOffset Monday = Make.Instant("2026-03-02T08:00Z");

    [Fact]
    public void A_source_that_speaks_every_working_day_is_late_after_three_days_not_after_a_weekend()
    {
        var arrivals = WorkingDays(20);
        var friday = arrivals[^1];

        Assert.Equal(DayOfWeek.Friday, friday.DayOfWeek);
        Assert.False(IsLate(arrivals, friday.AddDays(3)));
        Assert.False(IsLate(arrivals, friday.AddDays(5)), "Wednesday: three working days");
        Assert.True(IsLate(arrivals, friday.AddDays(5).AddMinutes(1)));
    }

    [Fact]
    public void One_that_speaks_on_weekends_too_is_late_by_the_calendar()
    {
        var arrivals = Enumerable.Range(0, 28).Select(day => Monday.AddDays(day)).ToList();

        Assert.False(IsLate(arrivals, arrivals[^1].AddDays(3)));
        Assert.True(IsLate(arrivals, arrivals[^1].AddDays(3).AddMinutes(1)));
    }

    [Fact]
    public void A_busy_source_may_keep_silent_for_a_day()
    {
        var arrivals = Enumerable.Range(0, 20).Select(number => Monday.AddMinutes(number)).ToList();

        Assert.False(IsLate(arrivals, arrivals[^1].AddHours(24)));
        Assert.True(IsLate(arrivals, arrivals[^1].AddHours(25)));
    }

    [Fact]
    public void Of_a_source_that_spoke_thrice_nobody_knows_what_is_usual() =>
        Assert.Null(Silence.Measure([Monday, Monday.AddDays(1), Monday.AddDays(2)], Monday.AddYears(1)));

    [Fact]
    public void At_first_the_upstreams_own_dates_tell_what_is_usual_and_a_date_in_the_future_does_not()
    {
        var first = Silence.Append([], [Monday.AddDays(2), Monday, Monday.AddDays(9)], isFirst: true, Monday.AddDays(7));
        var next = Silence.Append(first, [Monday.AddDays(8)], isFirst: false, Monday.AddDays(8));

        Assert.Equal([Monday, Monday.AddDays(2)], first);
        Assert.Equal([Monday, Monday.AddDays(2), Monday.AddDays(8)], next);
        Assert.Equal([Monday], Silence.Append([], [], isFirst: true, Monday));
    }

    [Fact]
    public void A_patch_day_is_one_arrival_so_that_the_month_after_it_is_as_usual()
    {
        var patches = Enumerable.Range(0, 4).SelectMany(month => Enumerable.Range(0, 40).Select(minute => Monday.AddDays(28 * month).AddMinutes(minute)));
        var arrivals = Silence.Append([], patches, isFirst: true, Monday.AddDays(90));

        Assert.Equal(4, arrivals.Count);
        Assert.False(IsLate(arrivals, Monday.AddDays(84 + 60)));
        Assert.True(IsLate(arrivals, Monday.AddDays(84 + 90)));
    }

    [Fact]
    public void News_at_a_poll_that_is_not_the_first_counts_though_nothing_was_known()
    {
        var arrivals = Silence.Append([], [Monday.AddDays(-300), Monday.AddDays(-200), Monday.AddDays(-100), Monday.AddDays(-90)], isFirst: false, Monday);

        Assert.Equal(Monday, arrivals[^1]);
    }

    private static bool IsLate(IReadOnlyList<DateTimeOffset> arrivals, DateTimeOffset now) => Silence.Measure(arrivals, now) is var (allowed, lasted) && lasted > allowed;

    private static List<DateTimeOffset> WorkingDays(int count) =>
        [.. Enumerable.Range(0, count * 2).Select(day => Monday.AddDays(day)).Where(day => !WorkingTime.IsWeekend(day)).Take(count)];
}
