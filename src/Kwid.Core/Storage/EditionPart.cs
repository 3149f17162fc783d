using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>What one document or row holds of an edition: editions of a first start are too large for one.</summary>
/// <param name="Publications">In the edition's order.</param>
/// <param name="Feeds">All of them in the first part, null in the others.</param>
/// <param name="Look">In the first part.</param>
/// <param name="Authored">What Kwid wrote itself, in the first part; null where there is nothing.</param>
public sealed record EditionPart(IReadOnlyList<Publication> Publications, IReadOnlyList<FeedChange>? Feeds, string? Look, IReadOnlyList<Revision>? Authored = null)
{
    /// <summary>Publications in one part: some 60 KB packed.</summary>
    private const int Size = 5_000;

    /// <summary>An edition in its parts, at least one.</summary>
    public static IEnumerable<EditionPart> Of(Edition edition) => edition.Publications.Chunk(Size).DefaultIfEmpty([]).Select((chunk, index) =>
        index == 0 ? new EditionPart(chunk, edition.Feeds, edition.Look, edition.Authored.Count == 0 ? null : edition.Authored) : new EditionPart(chunk, null, null));

    /// <summary>The edition of its parts.</summary>
    public static Edition Join(int number, DateTimeOffset instant, IReadOnlyList<EditionPart> parts) =>
        new(number, instant, [.. parts.SelectMany(part => part.Publications)], parts[0].Feeds ?? [], parts[0].Look) { Authored = parts[0].Authored ?? [] };
}
