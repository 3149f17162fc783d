using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>An entry beside what is stored of its advisory.</summary>
/// <param name="Entry">As it is read now, an excerpt completed.</param>
/// <param name="Decision">What a commit would decide.</param>
/// <param name="Last">The advisory's last revision; null when it is unknown, another source tells it, or its text is no longer stored.</param>
public sealed record Comparison(Entry Entry, MatchDecision Decision, Revision? Last)
{
    /// <summary>What a commit would take in, or null; texts from where they part.</summary>
    public ReplayedEntry? Taken => Decision is MatchDecision.Revised revised ? Of(revised.Changes) : null;

    /// <summary>What differs although a poll would take no note of it, such as a date that stands without an id; null when nothing.</summary>
    public ReplayedEntry? Unheeded => Decision is MatchDecision.Same && Last is not null && ChangeRules.Compare(Last.Entry, Entry) is { Count: > 0 } changes ? Of(changes) : null;

    private ReplayedEntry Of(IReadOnlyList<Change> changes) => new(Entry.Guid, Entry.Title, [.. changes.Select(change =>
        change.Field == "text" && Last is not null ? Difference.Show(change, Last.Entry.Html, Entry.Html) : change)]);
}
