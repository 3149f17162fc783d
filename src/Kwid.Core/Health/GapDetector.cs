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

    /// <summary>Documents after which back-fill gives up: no archive between two polls is that long.</summary>
    private const int MostDocuments = 200;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>The entries of an archive document that may have come in the gap: of those without a date only what stands before the first one that was known.</summary>
    public static IReadOnlyList<Entry> Missing(Gap gap, IReadOnlyList<Entry> entries)
    {
        var known = new DocumentWindow(gap.Known);
        var first = entries.TakeWhile(entry => !known.Overlaps([entry])).Count();
        return [.. entries.Where((entry, index) => index < first || entry.UpstreamDate is not null)];
    }

    /// <summary>The gap after one more archive document was read.</summary>
    /// <param name="gap">With the known entries that back-fill must reach.</param>
    /// <param name="entries">Of the archive document.</param>
    /// <param name="archive">The one before it; null at the chain's end.</param>
    /// <param name="broughtAnything">Whether it held anything that was not known by now; a document that did not leads in a circle.</param>
    /// <param name="now">UTC.</param>
    public static Gap Continue(Gap gap, IReadOnlyList<Entry> entries, Uri? archive, bool broughtAnything, DateTimeOffset now)
    {
        var read = gap with { Documents = gap.Documents + 1, Failures = 0, NextTry = null };
        if (new DocumentWindow(gap.Known).Overlaps(entries)) return read with { Closed = true, Next = null, Known = null, Updated = now };
        return archive is null || !broughtAnything || archive.AbsoluteUri == gap.Next || read.Documents >= MostDocuments
            ? GivenUp(read, now)
            : read with { Next = archive.AbsoluteUri };
    }

    /// <summary>The gap after an archive document could not be read: it is asked ever more seldom, at most daily; one that is not there never.</summary>
    /// <param name="gap">With the document that failed as its next.</param>
    /// <param name="isThere">False when the server says that there is no such document.</param>
    /// <param name="now">UTC.</param>
    public static Gap Fail(Gap gap, bool isThere, DateTimeOffset now)
    {
        if (!isThere) return GivenUp(gap, now);
        return gap with { Failures = gap.Failures + 1, NextTry = now + PauseAfter(gap.Failures + 1) };
    }

    /// <summary>Whether back-fill has something to ask now.</summary>
    public static bool MayBackFill(Gap gap, DateTimeOffset now) =>
        gap is { Closed: false, Next: not null } && (gap.NextTry is not { } next || StoredWait.IsOver(next, PauseAfter(gap.Failures), now));

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static Gap GivenUp(Gap gap, DateTimeOffset now) => gap with { Next = null, Known = null, Updated = now };
}
