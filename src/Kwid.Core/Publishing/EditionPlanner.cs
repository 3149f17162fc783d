using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Decides what pending revisions become: audience classes × disclosure × materiality. Reads the shelf, changes nothing.</summary>
/// <param name="shelf">Knows what was published.</param>
/// <param name="toldBy">A delivered advisory that refers to this one; null: none does. What is only background is not told twice.</param>
public sealed class EditionPlanner(Shelf shelf, Func<AdvisoryId, AdvisoryId?>? toldBy = null)
{
    /// <summary>One plan per advisory.</summary>
    /// <param name="pending">In the order in which they were committed.</param>
    /// <param name="classes">Those that have recipients now; only they get new entries.</param>
    /// <param name="sources">Configured sources; an advisory of another one is delivered when in doubt.</param>
    /// <param name="instant">The edition's.</param>
    public IReadOnlyList<EditionPlan> Plan(
        IReadOnlyList<Revision> pending, IReadOnlyCollection<AudienceClass> classes, IReadOnlyDictionary<SourceId, Source> sources, DateTimeOffset instant) =>
        [.. pending.GroupBy(revision => revision.Key.Advisory).Select(group => Decide([.. group.OrderBy(revision => revision.Key.Number)], classes, sources, instant))];

    /// <summary>Feeds that begin, change or end, so that the shelf has what the configuration names.</summary>
    /// <param name="wanted">By feed part: name and class.</param>
    /// <param name="edition">Number of the edition that will carry the changes.</param>
    public IReadOnlyList<FeedChange> PlanFeeds(IReadOnlyDictionary<string, (string Name, string Class)> wanted, int edition)
    {
        var changes = new List<FeedChange>();
        var present = shelf.Feeds;
        foreach (var (feed, (name, @class)) in wanted)
        {
            if (!present.TryGetValue(feed, out var now))
                changes.Add(new FeedChange(feed, name, new Segment(@class, shelf.Knows(feed) ? edition : shelf.WindowStart(@class) ?? edition), Ended: false));
            else if (now.Class != @class)
                changes.Add(new FeedChange(feed, name, new Segment(@class, edition), Ended: false));
            else if (now.Name != name)
                changes.Add(new FeedChange(feed, name, null, Ended: false));
        }

        changes.AddRange(present.Where(pair => !wanted.ContainsKey(pair.Key)).Select(pair => new FeedChange(pair.Key, pair.Value.Name, null, Ended: true)));
        return changes;
    }

    private EditionPlan Decide(IReadOnlyList<Revision> pending, IReadOnlyCollection<AudienceClass> classes, IReadOnlyDictionary<SourceId, Source> sources, DateTimeOffset instant)
    {
        var shown = pending[^1];
        var last = shelf.LastPublications(shown.Key.Advisory);
        // What waited while a newer one was published comes too late: it must not be shown over that.
        var published = last.Values.Select(row => row.Revision.Number).DefaultIfEmpty(0).Max();
        IReadOnlyList<Revision> revisions = [.. pending.Where(revision => revision.Key.Number > published)];
        if (revisions.Count == 0) return new EditionPlan(shown, [], Held: false);
        var news = new PendingNews(revisions, isFirst: last.Count == 0);
        var reason = AudienceClasses.ReasonFor(shown.Entry, [.. shown.Tellers.Select(sources.GetValueOrDefault)], isTold: toldBy?.Invoke(shown.Key.Advisory) is not null);
        List<PlannedRow> rows = [.. classes.Select(@class => RowFor(@class, news, last.GetValueOrDefault(@class.Id), reason)).OfType<PlannedRow>()];

        // Classes without recipients: their entries still stand in windows, so they follow changes, in silence.
        foreach (var (id, before) in last.Where(pair => classes.All(@class => @class.Id != pair.Key)))
            if (Follow(id, DisclosureRule.PublicCeiling, shown, before) is { } row) rows.Add(row);
        return new EditionPlan(shown, rows, Held: !classes.Any(@class => DisclosureRule.MayLeave(shown.Entry.Tlp, @class.Ceiling)))
        {
            Waits = rows.Exists(row => row.Rule is not null) && !rows.Exists(row => row.TakesBack || row.Kind is PublicationKind.Withdrawal)
                && instant - shelf.LastRing(shown.Key.Advisory) < Materiality.Joining && !news.RisesAbove(PublishedText(shown.Key with { Number = published })),
        };
    }

    /// <summary>Null also when the text is damaged: when in doubt it rings at once.</summary>
    private Entry? PublishedText(RevisionKey key) => key.Number == 0 ? null : shelf.FindText(key)?.Entry;

    private static PlannedRow? RowFor(AudienceClass @class, PendingNews news, Publication? before, string? reason)
    {
        var shown = news.Shown;
        var stands = before is { Kind: not PublicationKind.Withdrawal };
        var rule = news.RuleFor(@class);
        var rings = (rule is not null || news.IsFirstWord || (news.WasToldLate && before is null)) && DisclosureRule.MayLeave(shown.Entry.Tlp, @class.Ceiling);
        if (stands && !rings) return Follow(@class.Id, @class.Ceiling, shown, before!);
        // Who was never told of it need not be told that it was nothing.
        if (!rings || (!stands && shown.Entry.Withdrawn is not null)) return null;
        return (stands ? before!.Reason : reason) is { } why
            ? new PlannedRow(@class.Id, PublicationKind.Entry, shown.Key, why) { Rule = rule, TakesBack = shown.Entry.Withdrawn is not null }
            : null;
    }

    private static PlannedRow? Follow(string @class, Tlp ceiling, Revision shown, Publication before)
    {
        if (before.Kind is PublicationKind.Withdrawal) return null;
        return DisclosureRule.MayLeave(shown.Entry.Tlp, ceiling)
            ? new PlannedRow(@class, PublicationKind.Update, shown.Key, before.Reason)
            : new PlannedRow(@class, PublicationKind.Withdrawal, before.Revision, "tlp-tightened");
    }
}
