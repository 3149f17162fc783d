using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>One entry of a feed.</summary>
/// <param name="Edition">The edition that made it.</param>
/// <param name="First">The publication that made it: its id and its <c>published</c>.</param>
/// <param name="Shown">The revision shown in it now: later silent ones take its place.</param>
/// <param name="ReplyTo">The revision whose entry was the advisory's first in this feed; null when this is the first.</param>
/// <param name="Withdrawn">The edition that took its text back; null while it stands.</param>
internal sealed record ShownEntry(EditionMark Edition, Publication First, RevisionKey Shown, int? ReplyTo, EditionMark? Withdrawn)
{
    /// <summary>The edition that last took a part of its text back, or said that its publisher did so with the whole; null while it stands as it is.</summary>
    public EditionMark? Redacted { get; init; }

    /// <summary>Of a withdrawn one: whether that is because the matter was taken back, not because of its label.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>Other advisories that are told inside it.</summary>
    public Insiders Inside { get; init; } = Insiders.None;

    /// <summary>See <see cref="Publication.Concerns"/>.</summary>
    public IReadOnlyList<RecipientKey>? Concerns { get; init; }

    /// <summary>What its bytes depend on, but for what goes into their holes: entries of several classes that are equal in this share them.</summary>
    public ShownEntry Rendered => this with { Edition = default, Concerns = null, First = new Publication("", First.Revision, First.Kind, First.Instant, 0, "") };

    /// <summary>The revisions whose texts it is rendered from.</summary>
    public IEnumerable<RevisionKey> Texts => [Shown, First.Revision, .. Inside.Keys];

    /// <summary>The edition that last changed it wherever it stands: what an archive document's version follows.</summary>
    public EditionMark Changed => Withdrawn ?? Redacted ?? Edition;
}
