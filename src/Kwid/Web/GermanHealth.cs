using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Web;

/// <summary>German words for how sources fare.</summary>
internal static class GermanHealth
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>What a source is in this state, as in "BSI WID: nicht erreichbar".</summary>
    public static string InGerman(this HealthState state) => state switch
    {
        HealthState.Failing => "nicht erreichbar",
        HealthState.Stale => "ungewöhnlich lange still",
        HealthState.Shrunk => "hat die meisten Einträge verloren",
        HealthState.Drift => "auffällig verändert",
        HealthState.NotAFeed => "liefert keinen Feed",
        HealthState.Gone => "vom Anbieter eingestellt",
        HealthState.Moved => "umgezogen",
        HealthState.Paused => "bittet um eine Pause",
        _ => "in Ordnung",
    };

    /// <summary>Time of day: <c>10:20</c>.</summary>
    public static string Clock(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("HH:mm", German);

    /// <summary>From when to when, days only where they differ: <c>von 10:20 bis 11:05</c>, <c>von 23.11., 10:20 bis 24.11., 08:00</c>.</summary>
    public static string Span(DateTimeOffset start, DateTimeOffset end, TimeZoneInfo zone)
    {
        var (from, to) = (TimeZoneInfo.ConvertTime(start, zone), TimeZoneInfo.ConvertTime(end, zone));
        var form = from.Date == to.Date ? "HH:mm" : "dd.MM., HH:mm";
        return $"von {from.ToString(form, German)} bis {to.ToString(form, German)}";
    }
}
