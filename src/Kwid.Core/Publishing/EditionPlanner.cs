using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Decides what pending revisions become: audience classes × disclosure × materiality. Reads the shelf, changes nothing.</summary>
public sealed class EditionPlanner(Shelf shelf)
{
    /// <summary>One plan per advisory.</summary>
    /// <param name="pending">In the order in which they were committed.</param>
    /// <param name="classes">Those that have recipients now; only they get new entries.</param>
    /// <param name="sources">Configured sources; an advisory of another one is delivered when in doubt.</param>
    public IReadOnlyList<EditionPlan> Plan(
        IReadOnlyList<Revision> pending, IReadOnlyCollection<AudienceClass> classes, IReadOnlyDictionary<SourceId, Source> sources) =>
        [.. pending.GroupBy(revision => revision.Key.Advisory).Select(group => Decide([.. group.OrderBy(revision => revision.Key.Number)], classes, sources))];

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

    private EditionPlan Decide(IReadOnlyList<Revision> pending, IReadOnlyCollection<AudienceClass> classes, IReadOnlyDictionary<SourceId, Source> sources)
    {
        var shown = pending[^1];
        var last = shelf.LastPublications(shown.Key.Advisory);
        // What waited while a newer one was published comes too late: it must not be shown over that.
        var published = last.Values.Select(row => row.Revision.Number).DefaultIfEmpty(0).Max();
        IReadOnlyList<Revision> revisions = [.. pending.Where(revision => revision.Key.Number > published)];
        if (revisions.Count == 0) return new EditionPlan(shown, [], Held: false);
        var material = Materiality.RuleOf(revisions.SelectMany(revision => revision.Changes));
        // What was stored without being announced (backlog, background) does not ring for a mere touch-up later.
        // It does when nobody was told and a source that reaches more now tells it.
        var promoted = last.Count == 0 && revisions.Any(revision => revision.Changes.Any(change => change.Rule == "source"));
        var announces = material is not null || promoted || revisions[0].Key.Number == 1;
        // What a source's own page told later rings only where nobody was told before.
        var toldLate = revisions.Any(revision => revision.Changes.Any(change => change.Rule == "severity-told"));
        var rows = new List<PlannedRow>();
        foreach (var @class in classes)
        {
            var before = last.GetValueOrDefault(@class.Id);
            if (RowFor(@class, shown, before, announces || (toldLate && before is null), sources) is { } row) rows.Add(row);
        }

        // Classes without recipients: their entries still stand in windows, so they follow changes, in silence.
        foreach (var (id, before) in last.Where(pair => classes.All(@class => @class.Id != pair.Key)))
            if (Follow(id, DisclosureRule.PublicCeiling, shown, before) is { } row) rows.Add(row);
        return new EditionPlan(shown, rows, Held: !classes.Any(@class => DisclosureRule.MayLeave(shown.Entry.Tlp, @class.Ceiling)));
    }

    private static PlannedRow? RowFor(AudienceClass @class, Revision shown, Publication? before, bool announces, IReadOnlyDictionary<SourceId, Source> sources)
    {
        var stands = before is { Kind: not PublicationKind.Withdrawal };
        if (stands && (!announces || !DisclosureRule.MayLeave(shown.Entry.Tlp, @class.Ceiling))) return Follow(@class.Id, @class.Ceiling, shown, before!);
        if (!announces || !DisclosureRule.MayLeave(shown.Entry.Tlp, @class.Ceiling)) return null;

        var reason = stands ? before!.Reason : AudienceClasses.ReasonFor(shown.Entry, sources.GetValueOrDefault(shown.Entry.Source));
        return reason is null ? null : new PlannedRow(@class.Id, PublicationKind.Entry, shown.Key, reason);
    }

    private static PlannedRow? Follow(string @class, Tlp ceiling, Revision shown, Publication before)
    {
        if (before.Kind is PublicationKind.Withdrawal) return null;
        return DisclosureRule.MayLeave(shown.Entry.Tlp, ceiling)
            ? new PlannedRow(@class, PublicationKind.Update, shown.Key, before.Reason)
            : new PlannedRow(@class, PublicationKind.Withdrawal, before.Revision, "tlp-tightened");
    }
}
