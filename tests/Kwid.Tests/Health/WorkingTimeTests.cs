using Kwid.Core.Health;

namespace Kwid.Tests.Health;

public class WorkingTimeTests
{
    [Theory]
    [InlineData("2026-03-02T08:00Z", "2026-03-02T09:30Z", 1.5)]       // Monday
    [InlineData("2026-03-06T18:00Z", "2026-03-09T06:00Z", 12)]        // Friday evening to Monday morning
    [InlineData("2026-03-07T10:00Z", "2026-03-08T20:00Z", 0)]         // a weekend
    [InlineData("2026-03-07T10:00Z", "2026-03-09T01:00Z", 1)]
    [InlineData("2026-03-02T00:00Z", "2026-03-16T00:00Z", 240)]       // two weeks
    [InlineData("2025-03-03T00:00Z", "2026-03-02T00:00Z", 52 * 120)]
    [InlineData("2026-03-02T08:00Z", "2026-03-01T08:00Z", 0)]
    public void Saturdays_and_Sundays_do_not_count(string from, string to, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), WorkingTime.Between(Make.Instant(from), Make.Instant(to)));
}
