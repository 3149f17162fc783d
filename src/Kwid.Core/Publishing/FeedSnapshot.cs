using System.Collections.Immutable;

namespace Kwid.Core.Publishing;

/// <summary>What a view shows at one edition.</summary>
/// <param name="Version">The edition that last touched one of its entries.</param>
/// <param name="Entries">All entries ever, oldest first; the first <paramref name="Archived"/> are in archive documents, the rest is the window.</param>
/// <param name="Archived">A multiple of <see cref="FeedView.ArchiveSize"/>.</param>
/// <param name="FirstArchive">Number of the oldest archive document that is still offered; of those before it texts are gone.</param>
internal sealed record FeedSnapshot(EditionMark Version, ImmutableArray<ShownEntry> Entries, int Archived, int FirstArchive)
{
    public static FeedSnapshot Empty { get; } = new(default, [], 0, 1);

    /// <summary>The window, newest first, as feeds are read.</summary>
    public IEnumerable<ShownEntry> Window => Entries.Skip(Archived).Where(entry => !entry.First.IsForgotten).Reverse();

    /// <summary>How many archive documents are closed.</summary>
    public int ArchiveCount => Archived / FeedView.ArchiveSize;

    /// <summary>Whether the archive document is closed and still offered.</summary>
    public bool Offers(int archive) => archive >= FirstArchive && archive <= ArchiveCount;

    /// <summary>Number of the archive document that goes before a document; null when none is offered.</summary>
    /// <param name="archive">An archive document; null: the feed itself.</param>
    public int? Before(int? archive) => (archive ?? ArchiveCount + 1) - 1 is > 0 and var before && Offers(before) ? before : null;

    /// <summary>Entries of archive document <paramref name="number"/>, 1-based, newest first.</summary>
    public IEnumerable<ShownEntry> ArchiveOf(int number) => Entries.Skip((number - 1) * FeedView.ArchiveSize).Take(FeedView.ArchiveSize).Reverse();
}
