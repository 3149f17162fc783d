using Kwid.Core.Model;

namespace Kwid.Tests.Simulation;

/// <summary>An advisory that an upstream tells from some instant on.</summary>
/// <param name="Volume">The row that it belongs to.</param>
/// <param name="Id">The publisher's.</param>
/// <param name="At">When it appears.</param>
/// <param name="Severity">As the document says; null where the format has none.</param>
/// <param name="Cves">What it is about.</param>
internal sealed record InventedAdvisory(WeeklyVolume Volume, string Id, DateTimeOffset At, Severity? Severity, IReadOnlyList<string> Cves)
{
    /// <summary>Unique among all.</summary>
    public string Title => $"Erfundenes Produkt {Volume.Source} {Id}: Schwachstelle ermöglicht Codeausführung";

    public string Page => Volume.Source == WeeklyVolumes.Microsoft ? $"https://{Volume.Host}/update-guide/vulnerability/{Cves[0]}"
        : Volume.Source == WeeklyVolumes.Wid ? $"https://{Volume.Host}/portal/wid/securityadvisory?name={Id}"
        : $"https://{Volume.Host}/advisories/{Id}";

    /// <summary>Pages of the advisories that it refers to.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether the first revision says that it is exploited.</summary>
    public bool IsExploited { get; init; }

    /// <summary>Later revisions, oldest first.</summary>
    public List<(DateTimeOffset At, string Summary)> Updates { get; } = [];

    /// <summary>How many revisions are there by then.</summary>
    public int VersionAt(DateTimeOffset now) => 1 + Updates.Count(update => update.At <= now);

    /// <summary>The date of the newest of them.</summary>
    public DateTimeOffset ChangedAt(DateTimeOffset now) => Updates.Where(update => update.At <= now).Select(update => update.At).DefaultIfEmpty(At).Max();
}
