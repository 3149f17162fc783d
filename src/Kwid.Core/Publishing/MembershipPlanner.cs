using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// What changes in a provider's feeds when it serves others than before: what is addressed to one that joined is told, and above GREEN what is addressed only to those that left
/// is taken back at once. Reads the shelf, changes nothing.
/// </summary>
internal static class MembershipPlanner
{
    /// <summary>The rows of one edition.</summary>
    /// <param name="shelf">Knows what was published, and whom providers served.</param>
    /// <param name="wanted">By feed part.</param>
    /// <param name="roll">The classes that there are.</param>
    /// <param name="plans">What the edition decides anyway: it goes before what stands.</param>
    public static IReadOnlyList<PlannedRow> Plan(Shelf shelf, IReadOnlyDictionary<string, WantedFeed> wanted, ClassRoll roll, IReadOnlyList<EditionPlan> plans)
    {
        var present = shelf.Feeds;
        var planned = plans.SelectMany(plan => plan.Rows).Select(row => (row.Class, row.Revision.Advisory)).ToHashSet();
        var news = plans.Where(plan => plan.Rows.Count > 0).ToDictionary(plan => plan.Shown.Key.Advisory, plan => plan.Shown);
        var rows = new List<PlannedRow>();
        foreach (var (feed, want) in wanted.Where(pair => pair.Value.Members is not null))
        {
            var standing = present.GetValueOrDefault(feed);
            var before = standing?.Members?.Select(member => member.Key).ToHashSet() ?? [];
            var now = want.Members!.Select(member => member.Key).ToHashSet();
            // One that returns may have served others before it went.
            if (standing is not null && before.SetEquals(now)) continue;
            var group = new Group(roll.Get(want.Class), shelf, now, advisory => news.GetValueOrDefault(advisory));
            rows.AddRange(group.Left().Concat(group.Joined([.. now.Except(before)])).Where(row => !planned.Contains((row.Class, row.Revision.Advisory))));
        }

        return [.. rows.GroupBy(row => (row.Class, row.Revision)).Select(same => same.Last())];
    }

    /// <param name="Class">The provider's.</param>
    /// <param name="Shelf">Knows what was published.</param>
    /// <param name="Members">Whom it serves now.</param>
    /// <param name="NewsOf">What the edition makes of an advisory; null when nothing.</param>
    private sealed record Group(AudienceClass Class, Shelf Shelf, HashSet<RecipientKey> Members, Func<AdvisoryId, Revision?> NewsOf)
    {
        /// <summary>Up to GREEN what was told stays. Of a damaged text nobody knows the label: it goes.</summary>
        public IEnumerable<PlannedRow> Left() =>
            from row in Shelf.LastRowsOf(Class.Id)
            where row is { Kind: not PublicationKind.Withdrawal, Concerns: not null }
            where Shelf.FindText(row.Revision) is not { } text || text.Entry.Tlp > DisclosureRule.CapabilityCeiling
            let stay = row.Concerns!.Where(Members.Contains).ToList()
            where stay.Count < row.Concerns!.Count
            select stay.Count == 0
                ? new PlannedRow(Class.Id, PublicationKind.Withdrawal, row.Revision, Publication.Left)
                : new PlannedRow(Class.Id, PublicationKind.Update, row.Revision, row.Reason) { Concerns = stay };

        /// <summary>What stands in the windows of those that joined, and may leave through the provider.</summary>
        public IEnumerable<PlannedRow> Joined(IReadOnlyList<RecipientKey> joined)
        {
            var concerned = new SortedDictionary<string, (Publication Row, SortedSet<string> Keys)>(StringComparer.Ordinal);
            foreach (var key in joined)
            {
                var lane = (Class.Ceiling == DisclosureRule.PublicCeiling ? AudienceClasses.LaneOf(key) : AudienceClasses.ProtectedLaneOf(key)).Id;
                if (!Shelf.HasLog(lane)) continue;
                foreach (var row in Shelf.WindowOf(lane).Select(id => Shelf.LastPublications(id).GetValueOrDefault(lane)).OfType<Publication>().Where(row => row.Kind is not PublicationKind.Withdrawal))
                {
                    var name = row.Revision.Advisory.ToString();
                    if (!concerned.TryGetValue(name, out var known)) concerned[name] = known = (row, new SortedSet<string>(StringComparer.Ordinal));
                    known.Keys.Add(key.ToString());
                }
            }

            return concerned.Values.Select(each => RowOf(each.Row, [.. each.Keys.Select(key => new RecipientKey(key))])).OfType<PlannedRow>();
        }

        private PlannedRow? RowOf(Publication lane, IReadOnlyList<RecipientKey> joined)
        {
            var shown = NewsOf(lane.Revision.Advisory);
            if ((shown ?? Shelf.FindText(lane.Revision)) is not { } text || !joined.Any(text.Entry.IsAddressedTo) || text.Entry.Withdrawn is not null || !DisclosureRule.MayLeave(text.Entry, Class)) return null;
            var last = Shelf.LastPublications(lane.Revision.Advisory).GetValueOrDefault(Class.Id);
            var stands = last is { Kind: not PublicationKind.Withdrawal };
            IReadOnlyList<RecipientKey> concerns = [.. (stands ? last!.Concerns ?? [] : []).Where(Members.Contains).Union(joined).OrderBy(key => key.ToString(), StringComparer.Ordinal)];
            return new PlannedRow(Class.Id, stands ? PublicationKind.Update : PublicationKind.Entry, text.Key, stands ? last!.Reason : "provider-joined") { Concerns = concerns };
        }
    }
}
