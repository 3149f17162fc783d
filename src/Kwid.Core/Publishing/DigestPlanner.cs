using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// Which digests an edition makes, and which it must tell anew: because a label now forbids one of their members, or because members changed in
/// silence. Reads the shelf, changes nothing.
/// </summary>
internal static class DigestPlanner
{
    /// <summary>Digests to be written, new ones and those whose members changed; each at most once a class.</summary>
    /// <param name="plans">With bursts collected.</param>
    /// <param name="shelf">Knows the digests that were published.</param>
    public static IReadOnlyList<DigestPlan> Plan(IReadOnlyList<EditionPlan> plans, Shelf shelf)
    {
        var rows = plans.SelectMany(plan => plan.Rows).ToList();
        return [.. New(rows), .. Anew(Changed(rows, shelf), shelf)];
    }

    private static IEnumerable<DigestPlan> New(List<PlannedRow> rows) =>
        from row in rows
        where row.Kind is PublicationKind.Collected
        group row by row.Digest!.Value into digest
        let key = new RevisionKey(digest.Key, 1)
        select new DigestPlan(
            key,
            [.. digest.Select(row => row.Class).Distinct(StringComparer.Ordinal).Select(@class => new PlannedRow(@class, PublicationKind.Entry, key, "burst"))],
            [.. digest.Select(row => row.Revision).Distinct().Select(revision => new DigestMember(revision, revision))]);

    /// <summary>The digests to be told anew, class by class, with what they tell then. What a label forbids goes wherever it stands; silent changes follow in the window only.</summary>
    private static List<ChangedDigest> Changed(List<PlannedRow> rows, Shelf shelf)
    {
        var withdrawn = rows.Where(row => row.Kind is PublicationKind.Withdrawal).Select(row => (row.Class, row.Revision.Advisory)).ToHashSet();
        var updated = rows.Where(row => row.Kind is PublicationKind.Update || row.TakesBack).ToDictionary(row => (row.Class, row.Revision.Advisory), row => row.Revision);
        var redacted = withdrawn.SelectMany(each => shelf.DigestsOf(each.Class, each.Advisory).Select(digest => (each.Class, Digest: digest))).ToHashSet();
        var touched = updated.Keys
            .Select(each => (each.Class, Digest: shelf.CurrentDigestOf(each.Class, each.Advisory)))
            .Where(each => each.Digest is not null).Select(each => (each.Class, Digest: each.Digest!.Value)).Distinct()
            .Where(each => !redacted.Contains(each) && shelf.ShowsInWindow(each.Class, each.Digest));
        return [.. redacted.Concat(touched).Select(each => new ChangedDigest(
            each.Digest, each.Class, redacted.Contains(each),
            [.. shelf.MembersOf(each.Class, each.Digest).Where(member => !withdrawn.Contains((each.Class, member.Shown.Advisory))).Select(member => Now(member, each))]))];

        DigestMember Now(DigestMember member, (string Class, AdvisoryId Digest) digest) =>
            updated.TryGetValue((digest.Class, member.Shown.Advisory), out var shown) && shelf.CurrentDigestOf(digest.Class, shown.Advisory) == digest.Digest
                ? member with { Shown = shown }
                : member;
    }

    /// <summary>Classes that are left with the same members share a text; where none is left the digest itself is withdrawn.</summary>
    private static IEnumerable<DigestPlan> Anew(List<ChangedDigest> changed, Shelf shelf)
    {
        foreach (var digest in changed.GroupBy(each => each.Digest))
        {
            var last = shelf.LastPublications(digest.Key);
            var number = last.Values.Max(row => row.Revision.Number);
            foreach (var alike in digest.GroupBy(each => string.Join('|', each.Members.Select(member => member.ToString()).Order(StringComparer.Ordinal)), StringComparer.Ordinal))
            {
                var members = alike.First().Members;
                var key = members.Count == 0 ? default : new RevisionKey(digest.Key, ++number);
                yield return new DigestPlan(key, [.. alike.Select(each => RowOf(last[each.Class], each.IsRedacted, members.Count == 0 ? null : key))], members);
            }
        }
    }

    private static PlannedRow RowOf(Publication before, bool redacted, RevisionKey? next) => next is { } key
        ? new PlannedRow(before.Class, redacted ? PublicationKind.Redaction : PublicationKind.Update, key, before.Reason)
        : new PlannedRow(before.Class, PublicationKind.Withdrawal, before.Revision, Publication.Tightened);

    private sealed record ChangedDigest(AdvisoryId Digest, string Class, bool IsRedacted, IReadOnlyList<DigestMember> Members);
}
