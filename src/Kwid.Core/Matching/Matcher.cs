using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>Decides what an incoming entry is. Pure: what is known comes in, a decision goes out.</summary>
public static class Matcher
{
    /// <summary>Whether the last revision's texts are needed for the decision: not when it is new, unchanged or another source's.</summary>
    /// <param name="incoming">What a source says now.</param>
    /// <param name="known">The advisory that its keys name; null when none.</param>
    /// <param name="mayTell">Whether the source tells this advisory: it did before, or who did is no longer asked.</param>
    public static bool NeedsLastRevision(Entry incoming, Advisory? known, bool mayTell) =>
        known is not null && mayTell && known.Fingerprint != Fingerprint.Of(incoming);

    /// <summary>New, same, or revised with its changes.</summary>
    /// <param name="item">What a source says now.</param>
    /// <param name="known">The advisory that its keys name; null when none.</param>
    /// <param name="mayTell">As for <see cref="NeedsLastRevision"/>.</param>
    /// <param name="last">That advisory's newest revision; needed where <see cref="NeedsLastRevision"/> says so, null when its text is no longer stored.</param>
    public static MatchDecision Decide(IdentifiedEntry item, Advisory? known, bool mayTell, Revision? last)
    {
        var incoming = item.Entry;
        if (known is null) return new MatchDecision.New(IdentityKeys.NewId(item));
        if (!NeedsLastRevision(incoming, known, mayTell)) return new MatchDecision.Same(known.Id);

        // Retention removes texts, never identity: without the old text all that can be said is that it differs.
        var changes = last is null ? [new Change("text", "text", null, null)] : Excerpts.Quiet(ChangeRules.Compare(last.Entry, incoming), last, incoming);
        return changes.Count == 0 ? new MatchDecision.Same(known.Id) : new MatchDecision.Revised(known.Id, known.LastRevision + 1, changes);
    }
}
