namespace Kwid.Core.Publishing;

/// <summary>The one publication clock of an installation, and the instants that an edition's entries take (P3). Whole seconds, UTC.</summary>
public static class EditionClock
{
    /// <summary>The instant of the next edition: now, but at least a second after the last one, even when the clock stepped back.</summary>
    public static DateTimeOffset Next(DateTimeOffset? last, DateTimeOffset now)
    {
        var second = Whole(now);
        return last is { } before && second <= before ? before.AddSeconds(1) : second;
    }

    /// <summary>
    /// Rising instants for <paramref name="count"/> entries, after the previous edition and not after this one; where the gap is too small the
    /// first ones share a second.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> Instants(DateTimeOffset? previous, DateTimeOffset edition, int count)
    {
        var earliest = previous is { } before ? before.AddSeconds(1) : DateTimeOffset.MinValue;
        var instants = new DateTimeOffset[count];
        for (var i = 0; i < count; i++)
        {
            var instant = edition.AddSeconds(i - count + 1);
            instants[i] = instant < earliest ? earliest : instant;
        }

        return instants;
    }

    /// <summary>
    /// Instants of the opening, the first edition with entries: the upstream's own dates where they rise, so that a new reader sees history as
    /// history; never later than the edition.
    /// </summary>
    /// <param name="dates">The upstream's dates, ascending.</param>
    /// <param name="edition">The opening's instant.</param>
    public static IReadOnlyList<DateTimeOffset> Opening(IReadOnlyList<DateTimeOffset> dates, DateTimeOffset edition)
    {
        var instants = new DateTimeOffset[dates.Count];
        var limit = edition;
        for (var i = dates.Count - 1; i >= 0; i--)
        {
            var date = Whole(dates[i]);
            instants[i] = date < limit ? date : limit;
            limit = instants[i].AddSeconds(-1);
        }

        return instants;
    }

    private static DateTimeOffset Whole(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
