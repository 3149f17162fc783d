namespace Kwid.Core.Sources;

/// <summary>Section <c>polling</c> in effect.</summary>
/// <param name="MustInterval">Pause between two polls of a <c>must</c> source; at least 5 min.</param>
/// <param name="NormalInterval">Pause between two polls of a <c>normal</c> source.</param>
/// <param name="PerHostPause">Least pause between two requests to one host.</param>
/// <param name="AnnounceBacklog">Greatest age of an entry that a source's first poll announces, once the installation has opened.</param>
public sealed record PollingPolicy(TimeSpan MustInterval, TimeSpan NormalInterval, TimeSpan PerHostPause, TimeSpan AnnounceBacklog)
{
    /// <summary>The zone in which cron expressions are meant.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Longest pause that hints of a <c>must</c> source lead to.</summary>
    public TimeSpan MustMaxStaleness { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a <c>must</c> source is out of reach before every feed tells it.</summary>
    public TimeSpan OutageNotice { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Longest pause that hints of a <c>normal</c> source lead to.</summary>
    public TimeSpan NormalMaxStaleness { get; init; } = TimeSpan.FromHours(6);
}
