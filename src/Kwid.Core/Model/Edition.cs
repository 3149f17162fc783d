namespace Kwid.Core.Model;

/// <summary>One publish run with its instant, whole: what the store commits in one transaction and the shelf then shows.</summary>
/// <param name="Number">1, 2, 3, … without gaps.</param>
/// <param name="Instant">UTC, whole seconds; later than every edition before.</param>
/// <param name="Publications">Rows of the class logs, oldest instant first.</param>
/// <param name="Feeds">Feeds that begin, change their name or class, or end.</param>
/// <param name="Look">Set when every feed's bytes change without any publication: fingerprint of writers and service texts from now on; else null.</param>
public sealed record Edition(int Number, DateTimeOffset Instant, IReadOnlyList<Publication> Publications, IReadOnlyList<FeedChange> Feeds, string? Look)
{
    /// <summary>Revisions that Kwid wrote itself for this edition, such as a Sammelmeldung: kept here, they are in no other place.</summary>
    public IReadOnlyList<Revision> Authored { get; init; } = [];
}
