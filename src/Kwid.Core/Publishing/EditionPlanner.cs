using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Decides what pending revisions become: audience classes × disclosure × materiality. Reads the shelf, changes nothing.</summary>
/// <param name="shelf">Knows what was published.</param>
/// <param name="toldBy">Finds an advisory that refers to this one, among the delivered ones; null: nothing is known of references. What is only background is not told twice.</param>
/// <param name="aliasesOf">Those that turned out to be this one: what they published stays, and follows it. Null: none ever did.</param>
public sealed class EditionPlanner(Shelf shelf, Func<AdvisoryId, Func<AdvisoryId, bool>, AdvisoryId?>? toldBy = null, Func<AdvisoryId, IReadOnlyList<AdvisoryId>>? aliasesOf = null)
{
    /// <summary>One plan per advisory.</summary>
    /// <param name="pending">In the order in which they were committed.</param>
    /// <param name="classes">Those that have recipients now; only they get new entries.</param>
    /// <param name="sources">Configured sources; an advisory of another one is delivered when in doubt.</param>
    /// <param name="instant">The edition's.</param>
    public IReadOnlyList<EditionPlan> Plan(
        IReadOnlyList<Revision> pending, IReadOnlyCollection<AudienceClass> classes, IReadOnlyDictionary<SourceId, Source> sources, DateTimeOffset instant)
    {
        var plans = new List<EditionPlan>();
        var planned = new HashSet<(AdvisoryId, string)>();
        var groups = pending.GroupBy(revision => revision.Key.Advisory).Select(group => NewsOf([.. group.OrderBy(revision => revision.Key.Number)], sources));
        // Whom only background tells comes last: what is delivered with the same edition may tell it.
        foreach (var news in groups.OrderBy(news => news.ReasonFor(isTold: true) is null))
        {
            var plan = Decide(news, classes, instant, IsDelivered);
            planned.UnionWith(plan.Rows.Where(row => row.Kind is not PublicationKind.Withdrawal).Select(row => (row.Revision.Advisory, row.Class)));
            plans.Add(plan);
        }

        return plans;

        bool IsDelivered(AdvisoryId other, string @class) => planned.Contains((other, @class))
            || (shelf.LastPublications(other).GetValueOrDefault(@class) is { } row && Stands(row)) || Aliases(other).Exists(alias => alias.Class == @class);
    }

    /// <summary>Feeds that begin, change or end, so that the shelf has what the configuration names.</summary>
    /// <param name="wanted">By feed part.</param>
    /// <param name="edition">Number of the edition that will carry the changes.</param>
    public IReadOnlyList<FeedChange> PlanFeeds(IReadOnlyDictionary<string, WantedFeed> wanted, int edition)
    {
        var changes = new List<FeedChange>();
        var present = shelf.Feeds;
        foreach (var (feed, want) in wanted)
        {
            var (name, @class) = (want.Name, want.Class);
            if (!present.TryGetValue(feed, out var now)) changes.AddRange(Begin(feed, want, edition));
            else if (now.Class != @class)
                changes.Add(new FeedChange(feed, name, new Segment(@class, edition), Ended: false));
            else if (now.Name != name)
                changes.Add(new FeedChange(feed, name, null, Ended: false));
        }

        changes.AddRange(present.Where(pair => !wanted.ContainsKey(pair.Key)).Select(pair => new FeedChange(pair.Key, pair.Value.Name, null, Ended: true)));
        return changes;
    }

    /// <summary>A feed that returns goes on; a new one shows what its neighbours saw.</summary>
    private IEnumerable<FeedChange> Begin(string feed, WantedFeed want, int edition)
    {
        var start = shelf.Knows(feed) ? edition : shelf.WindowStart(want.Class) ?? edition;
        if (!shelf.Knows(feed) && want.Before is { } before && shelf.WindowStart(before) is { } earlier && earlier < start)
            yield return new FeedChange(feed, want.Name, new Segment(before, earlier), Ended: false);
        yield return new FeedChange(feed, want.Name, new Segment(want.Class, start), Ended: false);
    }

    private static PendingNews NewsOf(IReadOnlyList<Revision> revisions, IReadOnlyDictionary<SourceId, Source> sources) =>
        new(revisions, [.. revisions[^1].Tellers.Select(sources.GetValueOrDefault)]);

    private static bool Stands(Publication row) => row.Kind is not PublicationKind.Withdrawal;

    private EditionPlan Decide(PendingNews pending, IReadOnlyCollection<AudienceClass> classes, DateTimeOffset instant, Func<AdvisoryId, string, bool> isDelivered)
    {
        var shown = pending.Shown;
        var advisory = shown.Key.Advisory;
        var last = shelf.LastPublications(advisory);
        // What waited while a newer one was published comes too late: it must not be shown over that.
        var published = last.Values.Select(row => row.Revision.Number).DefaultIfEmpty(0).Max();
        if (pending.Since(published, isFirst: last.Count == 0) is not { } news) return new EditionPlan(shown, [], Held: false);
        var aliases = Aliases(advisory);
        List<PlannedRow> rows =
        [
            .. classes.Select(@class => RowFor(@class, news, last.GetValueOrDefault(@class.Id), aliases.Find(alias => alias.Class == @class.Id), ReasonFor(@class.Id))).OfType<PlannedRow>(),
            .. aliases.Select(alias => FollowAlias(CeilingOf(alias.Class, classes), shown, alias)).OfType<PlannedRow>(),
        ];

        // Classes without recipients: their entries still stand in windows, so they follow changes, in silence.
        foreach (var (id, before) in last.Where(pair => classes.All(@class => @class.Id != pair.Key)))
            if (Follow(id, DisclosureRule.PublicCeiling, shown, before) is { } row) rows.Add(row);
        return new EditionPlan(shown, rows, Held: !classes.Any(@class => DisclosureRule.MayLeave(shown.Entry.Tlp, @class.Ceiling)))
        {
            // Who corrects a notice has decided that it can't wait.
            Waits = !shown.Entry.IsNotice && rows.Exists(row => row.Rule is not null) && !rows.Exists(row => row.TakesBack || row.Kind is PublicationKind.Withdrawal)
                && instant - aliases.Select(alias => shelf.LastRing(alias.Revision.Advisory)).Append(shelf.LastRing(advisory)).Max() < Materiality.Joining
                && !news.RisesAbove(PublishedText(new RevisionKey(advisory, published))),
        };

        string? ReasonFor(string @class) => news.ReasonFor(isTold: toldBy?.Invoke(advisory, other => isDelivered(other, @class)) is not null);
    }

    /// <summary>What stands of advisories that turned out to be this one, class by class.</summary>
    private List<Publication> Aliases(AdvisoryId advisory) => [.. (aliasesOf?.Invoke(advisory) ?? []).SelectMany(alias => shelf.LastPublications(alias).Values).Where(Stands)];

    /// <summary>Null also when the text is damaged: when in doubt it rings at once.</summary>
    private Entry? PublishedText(RevisionKey key) => key.Number == 0 ? null : shelf.FindText(key)?.Entry;

    private static PlannedRow? RowFor(AudienceClass @class, PendingNews news, Publication? before, Publication? alias, string? reason)
    {
        var shown = news.Shown;
        var stands = before is not null && Stands(before);
        var told = stands ? before : alias;
        var rule = news.RuleFor(@class);
        // Who was told under another id hears only what is new.
        var isFirstWord = alias is null && (news.IsFirstWord || (news.WasToldLate && before is null));
        var rings = (rule is not null || isFirstWord) && DisclosureRule.MayLeave(shown.Entry.Tlp, @class.Ceiling);
        if (stands && !rings) return Follow(@class.Id, @class.Ceiling, shown, before!);
        // Who was never told of it need not be told that it was nothing.
        if (!rings || (told is null && shown.Entry.Withdrawn is not null)) return null;
        return (told is null ? reason : told.Reason) is { } why
            ? new PlannedRow(@class.Id, PublicationKind.Entry, shown.Key, why) { Rule = rule, TakesBack = shown.Entry.Withdrawn is not null }
            : null;
    }

    /// <summary>An alias keeps its words while they may stand: it shows no other advisory's.</summary>
    private static PlannedRow? FollowAlias(Tlp ceiling, Revision shown, Publication alias)
    {
        if (!DisclosureRule.MayLeave(shown.Entry.Tlp, ceiling)) return new PlannedRow(alias.Class, PublicationKind.Withdrawal, alias.Revision, Publication.Tightened);
        return shown.Entry.Withdrawn is null ? null : new PlannedRow(alias.Class, PublicationKind.Withdrawal, alias.Revision, Publication.TakenBack);
    }

    private static Tlp CeilingOf(string @class, IReadOnlyCollection<AudienceClass> classes) =>
        classes.FirstOrDefault(each => each.Id == @class)?.Ceiling ?? DisclosureRule.PublicCeiling;

    private static PlannedRow? Follow(string @class, Tlp ceiling, Revision shown, Publication before)
    {
        if (before.Kind is PublicationKind.Withdrawal) return null;
        return DisclosureRule.MayLeave(shown.Entry.Tlp, ceiling)
            ? new PlannedRow(@class, PublicationKind.Update, shown.Key, before.Reason)
            : new PlannedRow(@class, PublicationKind.Withdrawal, before.Revision, Publication.Tightened);
    }
}
