using System.Globalization;

namespace Kwid.Core.Pipeline;

/// <summary>Whether the clock may be believed that says what is old: what retention takes, nobody brings back.</summary>
public static class RetentionClock
{
    /// <summary>As far as a clock that no servers confirm may be ahead of what it said before.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>Why nothing may be taken now, English, for the operator; null when nothing is in the way.</summary>
    /// <param name="now">What the clock says.</param>
    /// <param name="isRight">What servers say of it; see <see cref="ClockWatch.IsRight"/>.</param>
    /// <param name="before">Instants that were told by the clock earlier, in other runs of the program; null ones say nothing.</param>
    public static string? Hindrance(DateTimeOffset now, bool? isRight, params IReadOnlyCollection<DateTimeOffset?> before)
    {
        if (isRight is true) return null;
        if (isRight is false) return string.Create(CultureInfo.InvariantCulture, $"This machine's clock says {now:u}, and the servers asked say otherwise; nothing old is deleted until it is set right (timedatectl set-ntp true).");
        var newest = before.Max();
        return now - (newest ?? DateTimeOffset.MinValue) <= Longest ? null : string.Create(CultureInfo.InvariantCulture,
            $"This machine's clock says {now:u}, {(newest is { } known ? $"the last thing done before this start is of {known:u}" : "nothing was done before this start")}, and fewer than three servers have confirmed it; nothing old is deleted until they have. Look whether the clock is right (timedatectl); if it is, restart kwid.");
    }
}
