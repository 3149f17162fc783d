using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Cli;

/// <summary>What a feed's last days would have put into the default feed, by the service's own rules for identity, label and delivery.</summary>
internal static class ReadForecast
{
    private static readonly TimeSpan Looked = TimeSpan.FromDays(30);

    /// <summary>A few sentences.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Entry> entries, Source source, DateTimeOffset now)
    {
        var advisories = IdentityKeys.OfDocument(entries, source.FormerIds).Select(item => item.Entry).ToList();
        var recent = advisories.FindAll(entry => entry.UpstreamDate >= now - Looked);
        var open = recent.FindAll(entry => DisclosureRule.MayLeave(entry.Tlp, DisclosureRule.PublicCeiling));
        var always = Published(open, source with { Deliver = Delivery.Always });
        var background = Published(open, source with { Deliver = Delivery.Background });
        yield return $"Of its last {Looked.Days} days the default feed would have had {Count(always.Count, "entry", "entries")} {Bands(always)}with deliver \"always\", {background.Count} with \"background\".";
        if (recent.Count > open.Count) yield return $"{Count(recent.Count - open.Count, "entry bears", "entries bear")} a label above TLP:CLEAR and would have waited.";
        if (advisories.Count(entry => entry.UpstreamDate is null) is > 0 and var undated) yield return $"{Count(undated, "entry has", "entries have")} no date and would have come with the first poll.";
        if (advisories.Count < entries.Count) yield return $"{Count(entries.Count - advisories.Count, "entry tells", "entries tell")} a matter that another one tells too.";
    }

    private static List<Entry> Published(List<Entry> entries, Source source) => entries.FindAll(entry => AudienceClasses.ReasonFor(entry, [source]) is not null);

    private static string Bands(List<Entry> entries)
    {
        var bands = entries.GroupBy(entry => entry.Severity).OrderByDescending(band => band.Key ?? Severity.None).ThenBy(band => band.Key is null)
            .Select(band => $"{band.Count()} {(band.Key is { } severity ? $"{severity}".ToUpperInvariant() : "without severity")}");
        return entries.Count == 0 ? "" : $"({string.Join(", ", bands)}) ";
    }

    private static string Count(int count, string one, string more) => count == 1 ? $"1 {one}" : $"{count} {more}";
}
