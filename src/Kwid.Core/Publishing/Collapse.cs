using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// <c>collapse: explicit</c>: what would be a vendor's new entry is told inside the entry of the WID advisory that refers to it and names the same CVEs.
/// Nothing urgent is put where nothing rang as urgent, and nothing that was published is ever taken away for it.
/// </summary>
internal static class Collapse
{
    private const string Hosts = "WID-SEC-";

    /// <summary>The plans, with such rows told inside others.</summary>
    /// <param name="plans">With bursts collected: only what has an entry can hold another.</param>
    /// <param name="shelf">Knows what was published.</param>
    /// <param name="namedWithEqualCvesBy">Advisories that refer to one and name the same CVEs.</param>
    public static IReadOnlyList<EditionPlan> Apply(IReadOnlyList<EditionPlan> plans, Shelf shelf, Func<AdvisoryId, IReadOnlyList<AdvisoryId>> namedWithEqualCvesBy)
    {
        var entering = plans.ToDictionary(plan => plan.Shown.Key.Advisory);
        return [.. plans.Select(plan => plan with { Rows = [.. plan.Rows.Select(row => HostOf(plan, row) is { } host ? row with { Kind = PublicationKind.Inside, Within = host } : row)] })];

        AdvisoryId? HostOf(EditionPlan plan, PlannedRow row)
        {
            var advisory = plan.Shown.Key.Advisory;
            if (!IsEntry(row) || IsHost(advisory) || plan.Shown.Entry is { IsNotice: true } or { Recipients.Count: > 0 } || shelf.LastPublications(advisory).ContainsKey(row.Class)) return null;
            return namedWithEqualCvesBy(advisory).Where(IsHost).Where(host => IsAsUrgent(host, row.Class, plan.Shown.Entry)).Cast<AdvisoryId?>().FirstOrDefault();
        }

        bool IsAsUrgent(AdvisoryId host, string @class, Entry told) =>
            TextOf(host, @class) is { Withdrawn: null } text && (!Materiality.IsUrgent(told) || Materiality.IsUrgent(text));

        // What the class reads of it, and goes on to read; null where it has no entry that stands.
        Entry? TextOf(AdvisoryId host, string @class)
        {
            if (entering.TryGetValue(host, out var plan) && plan.Rows.Any(row => row.Class == @class && IsEntry(row))) return plan.Shown.Entry;
            if (Goes(plan, @class) || !shelf.ShowsInWindow(@class, host) || shelf.LastPublications(host).GetValueOrDefault(@class) is not { Kind: not PublicationKind.Withdrawal } last) return null;
            return shelf.FindText(last.Revision)?.Entry;
        }
    }

    /// <summary>What was told inside entries that this edition takes back: it needs an entry of its own.</summary>
    /// <param name="plans">All of the edition.</param>
    /// <param name="shelf">Knows what stands inside what.</param>
    public static IReadOnlyList<PlannedRow> Freed(IReadOnlyList<EditionPlan> plans, Shelf shelf)
    {
        var planned = plans.SelectMany(plan => plan.Rows).Where(row => row.Kind is PublicationKind.Entry or PublicationKind.Withdrawal).Select(row => (row.Class, row.Revision.Advisory)).ToHashSet();
        var changed = plans.SelectMany(plan => plan.Rows).Where(row => row.Kind is PublicationKind.Update).ToDictionary(row => (row.Class, row.Revision.Advisory), row => row.Revision);
        return [.. from row in plans.SelectMany(plan => plan.Rows)
                   where row.TakesBack || row.Kind is PublicationKind.Withdrawal
                   from inside in shelf.InsidersOf(row.Class, row.Revision.Advisory)
                   where !planned.Contains((row.Class, inside.Advisory)) && shelf.FindText(inside) is { Entry.Withdrawn: null }
                   let last = shelf.LastPublications(inside.Advisory)[row.Class]
                   where changed.ContainsKey((row.Class, inside.Advisory)) || shelf.FindText(last.Revision) is not null
                   select new PlannedRow(row.Class, PublicationKind.Entry, changed.GetValueOrDefault((row.Class, inside.Advisory), last.Revision), last.Reason)];
    }

    private static bool Goes(EditionPlan? plan, string @class) => plan?.Rows.Any(row => row.Class == @class && (row.TakesBack || row.Kind is PublicationKind.Withdrawal)) == true;

    private static bool IsHost(AdvisoryId advisory) => advisory.ToString().StartsWith(Hosts, StringComparison.Ordinal);

    private static bool IsEntry(PlannedRow row) => row is { Kind: PublicationKind.Entry, TakesBack: false };
}
