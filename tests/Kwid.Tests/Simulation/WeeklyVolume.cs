namespace Kwid.Tests.Simulation;

/// <summary>How much a source tells, as assumed.</summary>
/// <param name="Source">Its id in feeds.config.json.</param>
/// <param name="PerWeek">New advisories, the second Tuesday's left out.</param>
/// <param name="Critical">Share of documents that say "critical" where Kwid reads it; 0 where the format says no severity.</param>
/// <param name="OnPatchDay">Further advisories on the second Tuesday of a month.</param>
/// <param name="WidRefers">Share of the critical ones that WID refers to on the same day or the next.</param>
/// <param name="Echo">Share that tells the CVEs of an advisory that another publisher told in the last three days.</param>
internal sealed record WeeklyVolume(string Source, double PerWeek, double Critical = 0, double OnPatchDay = 0, double WidRefers = 0, double Echo = 0)
{
    /// <summary>The publisher's ids, with a place for a number or for <c>{cve}</c>.</summary>
    public string Ids { get; init; } = Source + "-{0}";

    /// <summary>Where its pages are.</summary>
    public string Host { get; init; } = Source + ".example";

    /// <summary>The row whose advisories this source tells once more, under the same ids; null: it has its own.</summary>
    public string? Repeats { get; init; }
}
