using System.Globalization;
using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Tests.Configuration;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Simulation;

/// <summary>Volume is the enemy: five weeks of everything that the shipped configuration asks, two Patch Tuesdays among them.</summary>
public class VolumeTests
{
    private const int History = 30;
    private const int Days = 35;
    private const int PollsPerDay = 4;

    private static readonly DateTimeOffset Opening = Make.Instant("2026-05-10T18:00:00Z");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_enabled_source_has_an_assumed_volume()
    {
        var shipped = Shipped().Select(source => source.Id.ToString()).Order(StringComparer.Ordinal);

        var assumed = WeeklyVolumes.Rows.Select(row => row.Source).Order(StringComparer.Ordinal);

        Assert.Equal(shipped, assumed);
    }

    [Fact]
    public async Task The_default_feed_is_short_and_misses_nothing_critical_or_exploited()
    {
        await using var shop = await Workshop.OpenAsync(Opening.ToString("O", CultureInfo.InvariantCulture));
        var weeks = InventedWeeks.Between(DayOf(Opening).AddDays(-History), DayOf(Opening).AddDays(Days + 1));
        shop.Network.Special = new InventedUpstreams(weeks, shop.Clock).Ask;
        shop.Sources.Clear();
        shop.Sources.AddRange(Shipped());
        await SweepAsync(shop);

        for (var step = 1; step <= Days * PollsPerDay; step++)
        {
            shop.Clock.Advance(Opening.AddDays((double)step / PollsPerDay) - shop.Clock.GetUtcNow());
            await SweepAsync(shop);
        }

        var entries = await EntriesAsync(shop);
        var days = CountByDay(entries);
        var told = Tell(shop, days, entries);
        TestContext.Current.SendDiagnosticMessage(told);
        Assert.True(days.Values.Order().ElementAt(days.Count / 2) <= 20, told);
        Assert.All(days.Where(day => InventedWeeks.IsPatchDay(day.Key) || InventedWeeks.IsPatchDay(day.Key.AddDays(-1))), day => Assert.True(day.Value <= 60, told));
        Assert.Empty(await MissingAsync(shop, weeks));
        Assert.True(OldestInWindow(shop) <= shop.Clock.GetUtcNow().AddDays(-30), told);
    }

    /// <summary>Pages are read as feeds: that selectors find items is tested with fixtures, here only how many there are counts.</summary>
    private static IEnumerable<Source> Shipped() =>
        Assert.IsType<LoadOutcome.Loaded>(ConfigurationLoader.Load(Path.Combine(Repository.Root, "feeds.config.json"))).Configuration.Sources
            // Our own notices come from no upstream.
            .Where(source => source is { IsPolled: true, Kind: not SourceKind.Notices })
            .Select(source => source.Kind is SourceKind.Page ? source with { Kind = SourceKind.Feed, Page = null } : source);

    private static async Task SweepAsync(Workshop shop)
    {
        foreach (var source in shop.Sources)
        {
            var report = await shop.Ingest.RunAsync(source, Workshop.Policy, Cancel);
            Assert.Null(report.Error);
        }

        await shop.PublishAsync();
    }

    /// <summary>The new entries of the default feed after the opening.</summary>
    private static async Task<List<Publication>> EntriesAsync(Workshop shop)
    {
        var entries = new List<Publication>();
        await foreach (var edition in shop.Store.ReadEditionsAsync(0, Cancel))
            if (edition.Instant > Opening.AddHours(1)) entries.AddRange(edition.Publications.Where(row => row is { Class: "standard/CLEAR", Kind: PublicationKind.Entry }));
        return entries;
    }

    private static Dictionary<DateOnly, int> CountByDay(List<Publication> entries) =>
        Enumerable.Range(1, Days).Select(DayOf(Opening).AddDays).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .ToDictionary(day => day, day => entries.Count(row => DayOf(row.Instant) == day));

    /// <summary>
    /// The urgent advisories that are neither in the default feed nor told by what is. Of what was older at the opening only what became urgent since: an import that goes on after the
    /// opening is history.
    /// </summary>
    private static async Task<List<string>> MissingAsync(Workshop shop, InventedWeeks weeks)
    {
        var before = shop.Clock.GetUtcNow().AddHours(-7);
        var exploited = weeks.Facts.Where(fact => fact.At < before && fact.Source is not ("euvd-critical" or "euvd-last")).Select(fact => fact.Cve).ToHashSet();
        var since = weeks.Facts.Where(fact => fact.At > Opening && exploited.Contains(fact.Cve)).Select(fact => fact.Cve).ToHashSet();
        var urgent = weeks.Advisories.Where(each => each.At < before && (each.At < Opening - Workshop.Policy.AnnounceBacklog ? each.Cves.Any(since.Contains) : IsUrgent(each, before) || each.Cves.Any(exploited.Contains))).ToList();
        Assert.True(urgent.Count > 100, "too little is urgent");
        var delivered = new HashSet<AdvisoryId>();
        await foreach (var edition in shop.Store.ReadEditionsAsync(0, Cancel))
            delivered.UnionWith(edition.Publications.Where(row => row is { Class: "standard/CLEAR", Kind: PublicationKind.Entry or PublicationKind.Collected }).Select(row => row.Revision.Advisory));
        var ids = await IdsAsync(shop);
        return [.. urgent.Where(each => !ids.TryGetValue(each.Title, out var id) || !(delivered.Contains(id) || shop.Ledger!.Relations.ToldBy(id, delivered.Contains) is not null)).Select(each => $"{each.At:u} {each.Severity} {each.Title}")];
    }

    private static bool IsUrgent(InventedAdvisory advisory, DateTimeOffset before) =>
        advisory.Severity is Severity.Critical || advisory.IsExploited || advisory.Updates.Exists(update => update.At < before && update.Summary == InventedWeeks.Exploitation);

    /// <summary>What is stored, by the titles of the invented.</summary>
    private static async Task<Dictionary<string, AdvisoryId>> IdsAsync(Workshop shop)
    {
        var ids = new Dictionary<string, AdvisoryId>();
        foreach (var advisory in (await shop.Store.LoadAsync(Cancel)).Advisories.Where(advisory => advisory.AliasOf is null && advisory.LastRevision > 0))
            if (await shop.Store.FindRevisionAsync(new RevisionKey(advisory.Id, advisory.LastRevision), Cancel) is { } revision) ids[revision.Entry.Title] = advisory.Id;
        return ids;
    }

    private static DateTimeOffset OldestInWindow(Workshop shop) => Make.Instant(shop.Entries()[^1].Elements().Single(element => element.Name.LocalName == "published").Value);

    /// <summary>The numbers, for whoever has to find out why.</summary>
    private static string Tell(Workshop shop, Dictionary<DateOnly, int> days, List<Publication> entries)
    {
        var sorted = days.Values.Order().ToList();
        var reasons = string.Join(", ", entries.CountBy(row => $"{row.Reason}{(row.Rule is null ? "" : " " + row.Rule)}").OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
        var ids = string.Join(", ", entries.CountBy(row => new string([.. row.Revision.Advisory.ToString().TakeWhile(c => !char.IsAsciiDigit(c))])).OrderByDescending(pair => pair.Value).Take(30).Select(pair => $"{pair.Key} {pair.Value}"));
        return $"median {sorted[sorted.Count / 2]}, p95 {sorted[sorted.Count * 95 / 100]}, all {entries.Count}; {string.Join(", ", days.Select(day => $"{day.Key:MM-dd} {day.Value}"))}\n{reasons}\n{ids}\nwindow from {OldestInWindow(shop):u} to {shop.Clock.GetUtcNow():u}, {shop.Entries().Count} entries, {shop.Feed().Length} characters";
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Workshop.Identity.TimeZone).DateTime);
}
