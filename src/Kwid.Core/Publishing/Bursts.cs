using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// P13: where one source would ring far more often than usual in a class's feed, what is critical, exploited, taken back, or one of our own notices still rings singly, and the rest is collected in
/// one digest (Sammelmeldung) per set of members. Pure.
/// </summary>
public static class Bursts
{
    /// <summary>So many new entries at once are no burst, from whatever source.</summary>
    private const int Tolerated = 20;

    /// <summary>How far above its usual a source may go.</summary>
    private const int Factor = 5;

    /// <summary>The most entries that a source may ring at once.</summary>
    /// <param name="history">What is usual for the source.</param>
    /// <param name="fresh">How many unknown advisories this poll brought: it may stand in the history already, and a burst is no measure of itself.</param>
    public static int Limit(SourceHistory history, int fresh)
    {
        var own = history.NewCounts.Where(count => count >= fresh).Order().Select(count => (int?)count).FirstOrDefault();
        var counts = history.NewCounts.ToList();
        if (own is { } count) counts.Remove(count);
        return Math.Max(Tolerated, Factor * (history with { NewCounts = counts }).UsualNew);
    }

    /// <summary>The plans with the rows of bursts collected; each names the digest that has to tell it.</summary>
    /// <param name="plans">What would ring otherwise.</param>
    /// <param name="limitOf">By source: see <see cref="Limit"/>.</param>
    /// <param name="edition">Number of the edition, part of the digests' ids.</param>
    public static IReadOnlyList<EditionPlan> Collect(IReadOnlyList<EditionPlan> plans, Func<SourceId, int> limitOf, int edition)
    {
        var digests = new Dictionary<(string Class, AdvisoryId Member), AdvisoryId>();
        foreach (var source in plans.GroupBy(plan => plan.Shown.Entry.Source))
        {
            var sets = new List<HashSet<AdvisoryId>>();
            foreach (var (@class, members) in BurstsOf([.. source], limitOf(source.Key)))
            {
                var place = sets.FindIndex(set => set.SetEquals(members));
                if (place < 0) (place, sets) = (sets.Count, [.. sets, members]);
                foreach (var member in members) digests[(@class, member)] = IdOf(source.Key, edition, place + 1);
            }
        }

        return digests.Count == 0 ? plans : [.. plans.Select(plan => plan with { Rows = [.. plan.Rows.Select(row => Collect(row, digests))] })];
    }

    private static IEnumerable<(string Class, HashSet<AdvisoryId> Members)> BurstsOf(IReadOnlyList<EditionPlan> plans, int limit)
    {
        var single = plans.Where(plan => Materiality.IsUrgent(plan.Shown.Entry) || IsMeant(plan.Shown.Entry) || plan.Rows.Any(row => row.TakesBack)).Select(plan => plan.Shown.Key.Advisory).ToHashSet();
        foreach (var rings in plans.SelectMany(plan => plan.Rows).Where(row => row.Kind is PublicationKind.Entry).GroupBy(row => row.Class, StringComparer.Ordinal))
        {
            var rest = rings.Select(row => row.Revision.Advisory).Where(advisory => !single.Contains(advisory)).ToHashSet();
            if (rings.Count() > limit && rest.Count > 1) yield return (rings.Key, rest);
        }
    }

    /// <summary>Whether somebody wrote it for these readers: that is never collected.</summary>
    private static bool IsMeant(Entry entry) => entry.IsNotice || entry.Recipients.Count > 0;

    private static PlannedRow Collect(PlannedRow row, Dictionary<(string Class, AdvisoryId Member), AdvisoryId> digests) =>
        row.Kind is PublicationKind.Entry && digests.TryGetValue((row.Class, row.Revision.Advisory), out var digest)
            ? row with { Kind = PublicationKind.Collected, Digest = digest }
            : row;

    /// <summary>The first of an edition bears no further number.</summary>
    private static AdvisoryId IdOf(SourceId source, int edition, int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"kwid.sammel.{source}.{edition}") + (number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".{number}")));
}
