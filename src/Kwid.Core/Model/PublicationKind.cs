namespace Kwid.Core.Model;

/// <summary>How a publication shows in a feed.</summary>
public enum PublicationKind
{
    /// <summary>A new entry: it rings.</summary>
    Entry,

    /// <summary>The advisory's last entry changes in place, in silence.</summary>
    Update,

    /// <summary>A label now forbids what was published, or it turned out to be another advisory, which was taken back: all the advisory's entries show a withdrawal instead, archives included.</summary>
    Withdrawal,

    /// <summary>Told within a digest, see <see cref="Publication.Digest"/>, without an entry of its own; an entry that it has already changes in place.</summary>
    Collected,

    /// <summary>A digest whose text must be told without one of its members: replaced in place wherever it stands, archives included.</summary>
    Redaction,

    /// <summary>Told inside the last entry of another advisory, see <see cref="Publication.Within"/>, in silence and without an entry of its own.</summary>
    Inside,
}
