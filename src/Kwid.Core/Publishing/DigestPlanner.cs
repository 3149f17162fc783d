using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Which digests an edition makes, and which it must tell anew because a label now forbids one of their members. Reads the shelf, changes nothing.</summary>
internal static class DigestPlanner
{
    /// <summary>Digests to be written, new ones and those that lose members.</summary>
    /// <param name="plans">With bursts collected.</param>
    /// <param name="shelf">Knows the digests that were published.</param>
    public static IReadOnlyList<DigestPlan> Plan(IReadOnlyList<EditionPlan> plans, Shelf shelf)
    {
        var rows = plans.SelectMany(plan => plan.Rows).ToList();
        return [.. New(rows), .. Redacted(rows, shelf)];
    }

    private static IEnumerable<DigestPlan> New(List<PlannedRow> rows) =>
        from row in rows
        where row.Kind is PublicationKind.Collected
        group row by row.Digest!.Value into digest
        let key = new RevisionKey(digest.Key, 1)
        select new DigestPlan(
            key,
            [.. digest.Select(row => row.Class).Distinct(StringComparer.Ordinal).Select(@class => new PlannedRow(@class, PublicationKind.Entry, key, "burst"))],
            [.. digest.Select(row => row.Revision).Distinct()]);

    /// <summary>Classes that are left with the same members share a text; where none is left the digest itself is withdrawn.</summary>
    private static IEnumerable<DigestPlan> Redacted(List<PlannedRow> rows, Shelf shelf)
    {
        var withdrawn = rows.Where(row => row.Kind is PublicationKind.Withdrawal).Select(row => (row.Class, row.Revision.Advisory)).ToHashSet();
        var touched = new Dictionary<(AdvisoryId Digest, string Class), List<RevisionKey>>();
        foreach (var (@class, member) in withdrawn)
            foreach (var (digest, members) in shelf.DigestsOf(@class, member))
                touched[(digest, @class)] = [.. members.Where(left => !withdrawn.Contains((@class, left.Advisory)))];

        foreach (var digest in touched.GroupBy(pair => pair.Key.Digest))
        {
            var last = shelf.LastPublications(digest.Key);
            var number = last.Values.Max(row => row.Revision.Number);
            foreach (var alike in digest.GroupBy(pair => string.Join('|', pair.Value.Select(member => $"{member.Advisory}/{member.Number}").Order(StringComparer.Ordinal)), StringComparer.Ordinal))
            {
                var left = alike.First().Value;
                var key = left.Count == 0 ? default : new RevisionKey(digest.Key, ++number);
                yield return new DigestPlan(key, [.. alike.Select(pair => RowOf(last[pair.Key.Class], left.Count == 0 ? null : key))], left);
            }
        }
    }

    private static PlannedRow RowOf(Publication before, RevisionKey? next) => next is { } key
        ? new PlannedRow(before.Class, PublicationKind.Redaction, key, before.Reason)
        : new PlannedRow(before.Class, PublicationKind.Withdrawal, before.Revision, "tlp-tightened");
}

/// <summary>One text of a digest to be.</summary>
/// <param name="Key">Its revision; of a digest that loses all its members nothing.</param>
/// <param name="Rows">By class.</param>
/// <param name="Members">What it tells; empty when it is withdrawn.</param>
internal sealed record DigestPlan(RevisionKey Key, IReadOnlyList<PlannedRow> Rows, IReadOnlyList<RevisionKey> Members);
