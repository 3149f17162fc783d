using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>How what is kept of a source reads today, beside what is stored.</summary>
/// <param name="Source">Whose bodies were read.</param>
/// <param name="Bodies">Each of them, newest first.</param>
/// <param name="Unknown">Entries that nothing stored has a key of.</param>
/// <param name="Changed">Entries of which a poll would make a revision.</param>
/// <param name="Unheeded">Entries that differ in what a poll takes no note of, such as a date that stands without an id.</param>
/// <param name="Gone">Entries that were read of the same bodies when they came, and are no longer.</param>
/// <param name="Rejected">Items that can't become entries.</param>
public sealed record ReplayReport(
    SourceId Source,
    IReadOnlyList<ReplayedBody> Bodies,
    IReadOnlyList<ReplayedEntry> Unknown,
    IReadOnlyList<ReplayedEntry> Changed,
    IReadOnlyList<ReplayedEntry> Unheeded,
    IReadOnlyList<ReplayedEntry> Gone,
    IReadOnlyList<Rejected> Rejected)
{
    /// <summary>Advisories that were unknown and are committed now; null when nothing was to be committed.</summary>
    public int? New { get; init; }

    /// <summary>Advisories that got a revision; null when nothing was to be committed.</summary>
    public int? Revised { get; init; }

    /// <summary>Entries of the source that wait for the operator now, since most of a batch repeats what is known; null when nothing was to be committed.</summary>
    public int? Held { get; init; }

    /// <summary>Whether every body can be read.</summary>
    public bool IsReadable => Bodies.All(body => body.Unreadable is null);

    /// <summary>Whether nothing differs.</summary>
    public bool IsSame => Unknown.Count + Changed.Count + Unheeded.Count + Gone.Count == 0;
}

/// <summary>One kept body.</summary>
/// <param name="Address">Of the document.</param>
/// <param name="Seen">When it came, UTC.</param>
/// <param name="Entries">Entries read of it.</param>
/// <param name="Faults">What could not be read in it.</param>
/// <param name="Unreadable">Why nothing of it can be read; null when it can.</param>
public sealed record ReplayedBody(Uri Address, DateTimeOffset Seen, int Entries, IReadOnlyList<string> Faults, string? Unreadable);

/// <summary>An entry that reads otherwise than before.</summary>
/// <param name="Guid">The source's id of it.</param>
/// <param name="Title">As it reads now; of one that is gone, as it read then.</param>
/// <param name="Changes">Field by field, the stored one before; empty when there is nothing to compare.</param>
public sealed record ReplayedEntry(string Guid, string Title, IReadOnlyList<Change> Changes);
