using Cronos;
using Kwid.Configuration.Binding;

namespace Kwid.Configuration;

/// <summary>Checks a cron expression: five fields, an instant that ever comes, and no haste.</summary>
internal static class CronCheck
{
    private const int Looks = 500;

    // Any instant does; this one makes the check give the same answer every day.
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What to do about it; null when it is right.</summary>
    /// <param name="text">As written.</param>
    /// <param name="floor">Least pause between two polls.</param>
    public static string? FindCure(string text, TimeSpan floor)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5) return "write five fields: minute, hour, day of month, month, weekday, such as \"30 6 * * 1-5\"";
        if (!CronExpression.TryParse(text, out var cron)) return "write minute 0-59, hour 0-23, day 1-31, month 1-12 and weekday 0-7, such as \"30 6 * * 1-5\"";
        var (last, least) = ((DateTime?)null, TimeSpan.MaxValue);
        foreach (var next in cron.GetOccurrences(Start, DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)).Take(Looks))
        {
            if (next - last < least) least = next - last!.Value;
            last = next;
        }

        if (last is null) return "write a day that exists: this instant never comes";
        return least < floor ? $"leave {TimeSpanText.Format(floor)} or more between two polls: other people's servers are asked" : null;
    }
}
