namespace Kwid.Core.Health;

/// <summary>Time without weekends: a source that keeps silent from Friday to Monday is not out of order.</summary>
public static class WorkingTime
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Weekend = TimeSpan.FromDays(2);

    /// <summary>The time between two instants, UTC, Saturdays and Sundays left out; zero when the second is not later.</summary>
    public static TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) return TimeSpan.Zero;
        var weeks = (to - from).Ticks / Week.Ticks;
        var worked = (Week - Weekend) * weeks;
        for (var at = from + Week * weeks; at < to;)
        {
            var midnight = new DateTimeOffset(at.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            var end = midnight < to ? midnight : to;
            if (!IsWeekend(at)) worked += end - at;
            at = end;
        }

        return worked;
    }

    /// <summary>Whether an instant lies on a Saturday or Sunday, UTC.</summary>
    public static bool IsWeekend(DateTimeOffset instant) => instant.UtcDateTime.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
