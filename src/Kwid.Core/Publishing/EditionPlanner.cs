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
    /// <param name="roll">The classes that have recipients now; only they get new entries.</param>
    /// <param name="sources">Configured sources; an advisory of another one is delivered when in doubt.</param>
    /// <param name="instant">The edition's.</param>
    public IReadOnlyList<EditionPlan> Plan(
        IReadOnlyList<Revision> pending, ClassRoll roll, IReadOnlyDictionary<SourceId, Source> sources, DateTimeOffset instant)
    {
        var plans = new List<EditionPlan>();
        var planned = new HashSet<(AdvisoryId, string)>();
        var groups = pending.GroupBy(revision => revision.Key.Advisory).Select(group => NewsOf([.. group.OrderBy(revision => revision.Key.Number)], sources));
        // Whom only background tells comes last: what is delivered with the same edition may tell it.
        foreach (var news in groups.OrderBy(news => news.ReasonFor(isTold: true) is null))
        {
            var plan = Decide(news, roll, instant, IsDelivered);
            planned.UnionWith(plan.Rows.Where(row => row.Kind is not PublicationKind.Withdrawal).Select(row => (row.Revision.Advisory, row.Class)));
            plans.Add(plan);
        }

        return plans;

        bool IsDelivered(AdvisoryId other, string @class) => planned.Contains((other, @class))
            || (shelf.LastPublications(other).GetValueOrDefault(@class) is { } row && Stands(row)) || Aliases(other).Exists(alias => alias.Class == @class);
    }

    private static PendingNews NewsOf(IReadOnlyList<Revision> revisions, IReadOnlyDictionary<SourceId, Source> sources) =>
        new(revisions, [.. revisions[^1].Tellers.Select(sources.GetValueOrDefault)]);

    private static bool Stands(Publication row) => row.Kind is not PublicationKind.Withdrawal;

    private EditionPlan Decide(PendingNews pending, ClassRoll roll, DateTimeOffset instant, Func<AdvisoryId, string, bool> isDelivered)
    {
        var shown = pending.Shown;
        var advisory = shown.Key.Advisory;
        var last = shelf.LastPublications(advisory);
        // What waited while a newer one was published comes too late: it must not be shown over that.
        var published = last.Values.Select(row => row.Revision.Number).DefaultIfEmpty(0).Max();
        if (pending.Since(published, isFirst: last.Count == 0) is not { } news) return new EditionPlan(shown, [], Held: false);
        var aliases = Aliases(advisory);
        var classes = roll.For(shown.Entry, last.Keys);
        List<PlannedRow> rows =
        [
            .. classes.Select(@class => RowFor(@class, news, last.GetValueOrDefault(@class.Id), aliases.Find(alias => alias.Class == @class.Id), ReasonFor(@class.Id))).OfType<PlannedRow>(),
            .. aliases.Select(alias => FollowAlias(roll.Get(alias.Class), shown, alias)).OfType<PlannedRow>(),
        ];

        // Classes without recipients: their entries still stand in windows, so they follow changes, in silence.
        foreach (var (id, before) in last.Where(pair => roll.Find(pair.Key) is null))
            if (Follow(roll.Get(id), shown, before) is { } row) rows.Add(row);
        return new EditionPlan(shown, rows, Held: !classes.Any(@class => DisclosureRule.Reaches(shown.Entry, @class)))
        {
            // Who corrects a notice has decided that it can't wait.
            Waits = !shown.Entry.IsNotice && rows.Exists(row => row.Rule is not null) && !rows.Exists(row => row.TakesBack || row.Kind is PublicationKind.Withdrawal)
                && instant - aliases.Select(alias => shelf.LastRing(alias.Revision.Advisory)).Append(shelf.LastRing(advisory)).Max() < Materiality.Joining
                && !news.RisesAbove(PublishedText(new RevisionKey(advisory, published)))
                && !(Materiality.IsUrgent(shown.Entry) && rows.Exists(row => row.Kind is PublicationKind.Entry && !(last.TryGetValue(row.Class, out var before) && Stands(before)))),
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
        var isFirstWord = alias is null && (news.IsFirstWord || ((news.WasToldLate || news.IsAddressedAnew) && before is null));
        var rings = (rule is not null || isFirstWord) && (DisclosureRule.Reaches(shown.Entry, @class) || (told is not null && DisclosureRule.MayLeave(shown.Entry, @class)));
        if (stands && !rings) return Follow(@class, shown, before!);
        // Who was never told of it need not be told that it was nothing.
        if (!rings || (told is null && shown.Entry.Withdrawn is not null)) return null;
        return (told is null ? ReasonOf(@class, shown.Entry) ?? reason : told.Reason) is { } why
            ? new PlannedRow(@class.Id, PublicationKind.Entry, shown.Key, why) { Rule = rule, TakesBack = shown.Entry.Withdrawn is not null, Concerns = Concerned(@class, shown.Entry, told) }
            : null;
    }

    private static string? ReasonOf(AudienceClass @class, Entry entry) => entry.Recipients.Count == 0 ? null : @class.IsLane ? "addressed" : "addressed-member";

    /// <summary>Whom of a provider's recipients it concerns. Above GREEN nobody is named that it is no longer addressed to; else who was told stays told.</summary>
    private static IReadOnlyList<RecipientKey>? Concerned(AudienceClass @class, Entry entry, Publication? before)
    {
        if (!@class.IsGroup || (entry.Recipients.Count == 0 && before?.Concerns is null)) return null;
        var now = entry.Recipients.Count == 0 ? @class.Members : @class.AddressedBy(entry);
        var kept = entry.Tlp > DisclosureRule.CapabilityCeiling ? [] : before?.Concerns ?? [];
        return [.. kept.Union(now).OrderBy(key => key.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>An alias keeps its words while they may stand: it shows no other advisory's.</summary>
    private static PlannedRow? FollowAlias(AudienceClass @class, Revision shown, Publication alias)
    {
        if (!DisclosureRule.MayLeave(shown.Entry, @class)) return new PlannedRow(alias.Class, PublicationKind.Withdrawal, alias.Revision, Publication.Tightened);
        return shown.Entry.Withdrawn is null ? null : new PlannedRow(alias.Class, PublicationKind.Withdrawal, alias.Revision, Publication.TakenBack);
    }

    private static PlannedRow? Follow(AudienceClass @class, Revision shown, Publication before)
    {
        if (before.Kind is PublicationKind.Withdrawal) return null;
        return DisclosureRule.MayLeave(shown.Entry, @class)
            ? new PlannedRow(@class.Id, PublicationKind.Update, shown.Key, before.Reason) { Concerns = Concerned(@class, shown.Entry, before) }
            : new PlannedRow(@class.Id, PublicationKind.Withdrawal, before.Revision, Publication.Tightened);
    }
}
