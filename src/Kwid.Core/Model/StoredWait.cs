namespace Kwid.Core.Model;

/// <summary>A wait whose end was written down. The clock may have been set back since then: a wait must not grow by that.</summary>
public static class StoredWait
{
    /// <summary>Whether it is over: its end has come, or lies further away than the whole wait is long.</summary>
    /// <param name="end">As it was written down, UTC.</param>
    /// <param name="length">How long it is meant to be.</param>
    /// <param name="now">UTC.</param>
    public static bool IsOver(DateTimeOffset end, TimeSpan length, DateTimeOffset now) => end <= now || end - now > length;

    /// <summary>Since when something lasts: what was written down, or now where that lies in the future.</summary>
    /// <param name="since">As it was written down, UTC; null: it begins.</param>
    /// <param name="now">UTC.</param>
    public static DateTimeOffset Since(DateTimeOffset? since, DateTimeOffset now) => since < now ? since.Value : now;
}
