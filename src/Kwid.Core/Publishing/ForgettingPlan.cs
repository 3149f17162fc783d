using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What retention may take of what was published: whatever no window and no archive document that is still offered shows, and nothing else.</summary>
/// <param name="Made">Number of the newest edition that it knows; a later one needs another plan.</param>
/// <param name="Needed">By advisory: from this revision on, texts are needed, to be shown or to tell what changed.</param>
/// <param name="Editions">Those that stay with less, as they stay.</param>
/// <param name="Forgotten">Advisories whose publications are kept no longer.</param>
public sealed record ForgettingPlan(int Made, IReadOnlyDictionary<AdvisoryId, int> Needed, IReadOnlyList<Edition> Editions, IReadOnlySet<AdvisoryId> Forgotten)
{
    /// <summary>Whether a revision's text is needed.</summary>
    public bool Needs(RevisionKey key) => Needed.TryGetValue(key.Advisory, out var from) && key.Number >= from;
}
