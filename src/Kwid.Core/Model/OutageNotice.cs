using System.Globalization;

namespace Kwid.Core.Model;

/// <summary>What recipients are told of <c>must</c> sources that are out of reach. Kept with the entry that tells it, so that it goes on after a restart.</summary>
/// <param name="Start">When the first of them began to fail, UTC, whole minutes; later than every earlier notice's.</param>
/// <param name="Sources">In the order in which they joined; one that failed twice in its time stands twice.</param>
/// <param name="End">When the last of them was back, UTC; null while it lasts.</param>
public sealed record OutageNotice(DateTimeOffset Start, IReadOnlyList<NoticedSource> Sources, DateTimeOffset? End)
{
    /// <summary>Of its entry: one for the whole outage.</summary>
    public AdvisoryId Id => new("kwid.stoerung." + Start.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture));
}

/// <summary>A source out of reach.</summary>
/// <param name="Source">Its id.</param>
/// <param name="Name">As it was called then.</param>
/// <param name="Page">Where people may look themselves: its host's address; null for a folder, and where that address is not everybody's.</param>
/// <param name="Since">First failed poll, UTC.</param>
/// <param name="Until">First answered poll of an hour without a failure, UTC; null while it is out of reach.</param>
/// <param name="Dropped">True when it is no longer asked, by configuration, and <paramref name="Until"/> says since when.</param>
public sealed record NoticedSource(SourceId Source, string Name, string? Page, DateTimeOffset Since, DateTimeOffset? Until, bool Dropped);
