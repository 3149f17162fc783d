using Kwid.Core.Model;

namespace Kwid.Core.Health;

/// <summary>Notices when entries may have come and gone between two polls: a document that shows a window must overlap the one before.</summary>
public static class GapDetector
{
    /// <summary>The gap before this document; null when it overlaps the one before, or nothing can be said.</summary>
    /// <param name="source">A folder shows no window: its files stay.</param>
    /// <param name="before">The source's state before the poll.</param>
    /// <param name="document">What was read.</param>
    /// <param name="archive">Where the source keeps what its document no longer shows (RFC 5005); null when it does not say.</param>
    /// <param name="now">When the poll began, UTC.</param>
    public static Gap? Find(Source source, SourceState before, DocumentFacts document, Uri? archive, DateTimeOffset now)
    {
        var known = new DocumentWindow(before.History.Window);
        if (source.Url.IsFile || before.LastSuccess is not { } last || known.IsEmpty) return null;
        if (!document.IsWhole || document.Entries.Count == 0 || known.Overlaps(document.Entries)) return null;
        // Back-fill that was still under way goes on from here: it must reach what was known before both.
        return before.LastGap is { Closed: false, Known: { } older } open
            ? new Gap(open.From, now, Closed: false) { Next = archive?.AbsoluteUri, Known = older }
            : new Gap(last, now, Closed: false) { Next = archive?.AbsoluteUri, Known = archive is null ? null : before.History.Window };
    }

    /// <summary>The gap after one more archive document was read.</summary>
    /// <param name="gap">With the known entries that back-fill must reach.</param>
    /// <param name="entries">Of the archive document.</param>
    /// <param name="archive">The one before it; null at the chain's end.</param>
    public static Gap Continue(Gap gap, IReadOnlyList<Entry> entries, Uri? archive)
    {
        if (new DocumentWindow(gap.Known).Overlaps(entries)) return gap with { Closed = true, Next = null, Known = null };
        // A chain that leads back to itself has ended.
        return archive is null || archive.AbsoluteUri == gap.Next ? gap with { Next = null, Known = null } : gap with { Next = archive.AbsoluteUri };
    }
}
