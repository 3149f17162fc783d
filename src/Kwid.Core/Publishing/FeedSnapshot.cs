using System.Collections.Immutable;

namespace Kwid.Core.Publishing;

/// <summary>What a view shows at one edition.</summary>
/// <param name="Version">The edition that last touched one of its entries.</param>
/// <param name="Entries">All entries ever, oldest first; the first <paramref name="Archived"/> are in archive documents, the rest is the window.</param>
/// <param name="Archived">A multiple of <see cref="FeedView.ArchiveSize"/>.</param>
internal sealed record FeedSnapshot(EditionMark Version, ImmutableArray<ShownEntry> Entries, int Archived)
{
    public static FeedSnapshot Empty { get; } = new(default, [], 0);

    /// <summary>The window, newest first, as feeds are read.</summary>
    public IEnumerable<ShownEntry> Window => Entries.Skip(Archived).Reverse();

    /// <summary>How many archive documents are closed.</summary>
    public int ArchiveCount => Archived / FeedView.ArchiveSize;

    /// <summary>Entries of archive document <paramref name="number"/>, 1-based, newest first.</summary>
    public IEnumerable<ShownEntry> ArchiveOf(int number) => Entries.Skip((number - 1) * FeedView.ArchiveSize).Take(FeedView.ArchiveSize).Reverse();
}
