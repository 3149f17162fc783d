namespace Kwid.Core.Model;

/// <summary>That something urgent came to a reader.</summary>
/// <param name="Revision">What was published.</param>
/// <param name="Published">When, UTC.</param>
/// <param name="Fetched">When the feed was first fetched with it, UTC.</param>
public sealed record UrgentFetch(RevisionKey Revision, DateTimeOffset Published, DateTimeOffset Fetched);
