using Kwid.Core.Pipeline;

namespace Kwid.Tests.Pipeline;

/// <summary>What nobody confirms takes nothing that nobody can bring back.</summary>
public class RetentionClockTests
{
    private static readonly DateTimeOffset Now = Make.Instant("2036-03-10T12:00:00Z");

    [Theory]
    [InlineData(true, 3650, true)]
    [InlineData(null, 3650, false)]
    [InlineData(null, 41, false)]
    [InlineData(null, 39, true)]
    [InlineData(null, -5, true)]
    [InlineData(false, 1, false)]
    public void Retention_runs_by_a_clock_that_servers_confirm_or_that_is_not_far_ahead_of_the_last_run(bool? isRight, int daysAgo, bool runs)
    {
        var hindrance = RetentionClock.Hindrance(Now, isRight, Now.AddDays(-daysAgo), Now.AddDays(-4000));

        Assert.Equal(runs, hindrance is null);
    }

    [Fact]
    public void The_later_of_last_run_and_last_edition_counts_and_without_both_a_clock_must_be_confirmed()
    {
        Assert.Null(RetentionClock.Hindrance(Now, null, null, Now.AddDays(-1)));
        Assert.Contains("2036-03-10", RetentionClock.Hindrance(Now, null, null, null), StringComparison.Ordinal);
        Assert.Null(RetentionClock.Hindrance(Now, true, null, null));
    }
}
