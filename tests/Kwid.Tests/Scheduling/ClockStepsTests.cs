using Kwid.Scheduling;

namespace Kwid.Tests.Scheduling;

public class ClockStepsTests
{
    [Theory]
    [InlineData(2 * 24 * 60)]
    [InlineData(-60)]
    public void A_clock_that_was_set_is_noticed_once(int minutes)
    {
        var clock = new JumpingClock(Make.Instant("2026-03-10T12:00:00Z"));
        var steps = new ClockSteps(clock);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, steps.Take());

        clock.Jump(TimeSpan.FromMinutes(minutes));

        Assert.Equal(TimeSpan.FromMinutes(minutes), steps.Take());
        Assert.Equal(TimeSpan.Zero, steps.Take());
    }
}
