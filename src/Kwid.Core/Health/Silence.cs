using Kwid.Core.Model;

namespace Kwid.Core.Health;

/// <summary>How long a source may bring nothing new before that is odd: three times its usual longest pause, at least a day.</summary>
public static class Silence
{
    private const int ArrivalsKept = 120;

    /// <summary>Arrivals that are needed to know what is usual.</summary>
    private const int LeastArrivals = 4;

    private static readonly TimeSpan Least = TimeSpan.FromHours(24);

    /// <summary>
    /// The arrivals with those of a poll that brought something new. At first the upstream's own dates stand for polls that never were. At most one in an hour:
    /// a vendor's patch day is one arrival, or its dozens would make the month in between look unusual.
    /// </summary>
    /// <param name="known">Oldest first.</param>
    /// <param name="dates">The upstream's dates of the document; counted only while nothing is known.</param>
    /// <param name="isFirst">Whether it was the source's first poll: then what is new to us is no news.</param>
    /// <param name="now">When the poll took place, UTC.</param>
    public static IReadOnlyList<DateTimeOffset> Append(IReadOnlyList<DateTimeOffset> known, IEnumerable<DateTimeOffset> dates, bool isFirst, DateTimeOffset now)
    {
        var arrivals = known.Count > 0 ? known : [.. dates.Where(date => date <= now).Order().DistinctBy(HourOf)];
        if (arrivals.Count == 0 || (!isFirst && HourOf(arrivals[^1]) != HourOf(now))) arrivals = [.. arrivals, now];
        return [.. arrivals.TakeLast(ArrivalsKept)];
    }

    /// <summary>How long nothing may come, and how long nothing has come; null while too little is known. Weekends count only for who publishes on them.</summary>
    /// <param name="arrivals">Oldest first.</param>
    /// <param name="now">UTC.</param>
    public static (TimeSpan Allowed, TimeSpan Lasted)? Measure(IReadOnlyList<DateTimeOffset> arrivals, DateTimeOffset now)
    {
        if (arrivals.Count < LeastArrivals) return null;
        var everyDay = arrivals.Count(WorkingTime.IsWeekend) * 10 > arrivals.Count;
        TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => everyDay ? to - from : WorkingTime.Between(from, to);
        var pauses = arrivals.Zip(arrivals.Skip(1), Between).Order().ToList();
        var usual = pauses[(int)Math.Ceiling(pauses.Count * 0.95) - 1] * 3;
        return (usual > Least ? usual : Least, Between(arrivals[^1], now));
    }

    private static long HourOf(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerHour;
}
