using Kwid.Core.Publishing;

namespace Kwid.Tests.Publishing;

public class EditionClockTests
{
    private static readonly DateTimeOffset Noon = Make.Instant("2026-03-01T12:00:00Z");

    [Fact]
    public void An_edition_takes_the_whole_second_of_now() =>
        Assert.Equal(Noon, EditionClock.Next(null, Noon.AddMilliseconds(750)));

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    public void A_clock_that_stands_or_steps_back_continues_a_second_after_the_last_edition(int seconds) =>
        Assert.Equal(Noon.AddSeconds(1), EditionClock.Next(Noon, Noon.AddSeconds(seconds)));

    [Fact]
    public void Entries_take_rising_seconds_that_end_with_the_editions()
    {
        var instants = EditionClock.Instants(Noon.AddHours(-1), Noon, 3);

        Assert.Equal([Noon.AddSeconds(-2), Noon.AddSeconds(-1), Noon], instants);
    }

    [Fact]
    public void Entries_share_the_first_seconds_where_the_gap_is_too_small_and_never_reach_back_to_the_previous_edition()
    {
        var instants = EditionClock.Instants(Noon.AddSeconds(-2), Noon, 4);

        Assert.Equal([Noon.AddSeconds(-1), Noon.AddSeconds(-1), Noon.AddSeconds(-1), Noon], instants);
    }

    [Fact]
    public void The_opening_tells_history_by_its_dates_but_never_later_than_now_and_always_rising()
    {
        var day = Noon.AddDays(-1);

        var instants = EditionClock.Opening([day, day, Noon.AddDays(3)], Noon);

        Assert.Equal([day.AddSeconds(-1), day, Noon], instants);
    }
}
