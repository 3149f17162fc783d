namespace Kwid.Core.Model;

/// <summary>How a publication shows in a feed.</summary>
public enum PublicationKind
{
    /// <summary>A new entry: it rings.</summary>
    Entry,

    /// <summary>The advisory's last entry changes in place, in silence.</summary>
    Update,

    /// <summary>A label now forbids what was published: all the advisory's entries show a withdrawal instead, archives included.</summary>
    Withdrawal,
}
