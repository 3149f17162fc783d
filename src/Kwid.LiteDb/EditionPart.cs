using Kwid.Core.Model;

namespace Kwid.LiteDb;

/// <summary>What one document holds of an edition: editions of a first start are too large for one.</summary>
/// <param name="Publications">In the edition's order.</param>
/// <param name="Feeds">All of them in the first part, null in the others.</param>
/// <param name="Look">In the first part.</param>
/// <param name="Authored">What Kwid wrote itself, in the first part; null where there is nothing.</param>
internal sealed record EditionPart(IReadOnlyList<Publication> Publications, IReadOnlyList<FeedChange>? Feeds, string? Look, IReadOnlyList<Revision>? Authored = null);
