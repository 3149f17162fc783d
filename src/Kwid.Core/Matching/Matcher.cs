using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>Decides what an advisory's state is to what is stored of it. Pure: what is known comes in, a decision goes out.</summary>
/// <param name="rules">Name what publishers write of their revisions.</param>
public sealed class Matcher(WordingRules rules)
{
    /// <summary>The changes from the newest stored revision to what is said now, by a source that told it before.</summary>
    /// <param name="last">Null when its text is no longer stored: retention removes texts, never identity.</param>
    /// <param name="now">All that is said now.</param>
    public IReadOnlyList<Change> Compare(Revision? last, Entry now) => last is null
        ? [new Change("text", "text", null, null)]
        : [.. Excerpts.Quiet(ChangeRules.Compare(last.Entry, now), last, now), .. Baring.AddedHistory(last.Entry, now).Select(rules.Name).Select(change => WasTold(change, last.Entry) ? Told(change) : change)];

    /// <summary>As above, by a source that speaks of it for the first time: what it adds it may have said all along, and must not ring twice.</summary>
    /// <param name="last">Null when its text is no longer stored.</param>
    /// <param name="now">All that is said now.</param>
    /// <param name="from">What the publisher dates later is news; null: nothing but attacks that are reported since <paramref name="recent"/>.</param>
    /// <param name="recent">Earlier attacks were known when the advisory was first told.</param>
    public IReadOnlyList<Change> CompareJoining(Revision? last, Entry now, DateTimeOffset? from, DateTimeOffset recent)
    {
        if (last is null) return Compare(last, now);
        var attacked = now.Exploitation?.Since > (from ?? recent);
        return
        [
            .. ChangeRules.Compare(last.Entry, now).Select(change => change.News is News.Exploited && attacked ? change : Told(change)),
            .. Baring.AddedHistory(last.Entry, now).Select(item => rules.Name(item) is var change && (item.Date > from || (change.News is News.Exploited && item.Date > recent)) ? change : Told(change)),
        ];
    }

    /// <summary>What is news in the first that is read of an advisory that was there before. Null: it is new itself.</summary>
    /// <param name="now">As read.</param>
    /// <param name="since">What is dated earlier is history; null: all of it is.</param>
    public IReadOnlyList<Change>? NewsOf(Entry now, DateTimeOffset? since) => now.Published >= since
        ? null
        : [new Change("listed", "listed", null, null), .. now.History.Where(item => item.Date > since).Select(rules.Name)];

    /// <summary>That it is exploited was told when a catalogue said so.</summary>
    private static bool WasTold(Change change, Entry before) => change.News is News.Exploited && before.Exploitation is { Level: ExploitationLevel.Exploited, By: not null };

    private static Change Told(Change change) => change.News switch
    {
        null when change.Field == "history" => change with { Rule = change.Rule + "-told" },
        null or News.Withdrawn or News.LabelLoosened => change,
        News.SeverityUp when change.Before is not null => change,
        News.SeverityUp => change with { Rule = "severity-told", News = null },
        _ => change with { Rule = change.Rule + "-told", News = null },
    };
}
