using System.Globalization;
using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>What an address says that ends or has ended (P10).</summary>
internal static class Farewell
{
    /// <summary>How long an ended address answers 200 before it says 410.</summary>
    public static TimeSpan Lasts { get; } = TimeSpan.FromDays(90);

    /// <summary>How long before its end an address announces it.</summary>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(30);

    /// <summary>Of a recipient that was removed from the configuration; unique per ending: it may return and end again.</summary>
    public static ReaderWord OfRecipient(TimeZoneInfo zone, int edition, DateTimeOffset ended) => new(
        string.Create(CultureInfo.InvariantCulture, $"ende/{edition}"), ended,
        $"Diese Adresse wurde am {Day(ended, zone)} beendet",
        $"Diese Adresse wurde am {Day(ended, zone)} beendet; hier erscheinen keine Hinweise mehr. Ihre neue Adresse finden Sie hier:");

    /// <summary>Of a capability that has ended.</summary>
    public static ReaderWord OfCapability(TimeZoneInfo zone, Capability capability)
    {
        var end = Seconds(capability.End!.Value);
        var done = capability switch
        {
            { Successor: not null } => "ersetzt",
            { Ended: not null } when capability.End == capability.Ended => "gesperrt",
            _ => "beendet, weil ihre Zeit abgelaufen ist",
        };
        return new ReaderWord(
            $"zugang/{capability.Id}/ende", end,
            $"Diese Adresse wurde am {Day(end, zone)} {done.Split(',')[0]}",
            $"Diese Adresse wurde am {Day(end, zone)} {done}; hier erscheinen keine Hinweise mehr. Die neue geschützte Adresse bekommen Sie vom Betreiber dieses Dienstes:");
    }

    /// <summary>Of a capability that will end.</summary>
    /// <param name="zone">In which days are told.</param>
    /// <param name="capability">In force.</param>
    /// <param name="since">Since when its end is known: its own issue, or its successor's.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Null while that is further away than <see cref="Notice"/>.</returns>
    public static ReaderWord? Announce(TimeZoneInfo zone, Capability capability, DateTimeOffset since, DateTimeOffset now)
    {
        if (capability.End is not { } end || end - now > Notice) return null;
        var told = end - Notice < since ? since : end - Notice;
        return new ReaderWord(
            $"zugang/{capability.Id}/ablauf", Seconds(told),
            $"Diese Adresse endet am {Day(end, zone)}",
            $"Diese geschützte Adresse endet am {Day(end, zone)}. {(capability.Successor is null ? "Eine neue bekommen Sie" : "Tragen Sie bitte die neue ein, die es schon gibt; Sie bekommen sie")} vom Betreiber dieses Dienstes:");
    }

    private static DateTimeOffset Seconds(DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerSecond));
}
