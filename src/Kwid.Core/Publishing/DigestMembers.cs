using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Which members each digest (Sammelmeldung) still tells, class by class. Follows from the class logs alone, so that it is the same after a restart.</summary>
internal sealed class DigestMembers
{
    private readonly Dictionary<(string Class, AdvisoryId Digest), Dictionary<AdvisoryId, RevisionKey>> _members = [];
    private readonly Dictionary<(string Class, AdvisoryId Member), List<AdvisoryId>> _digests = [];

    /// <summary>Takes in the next row of a class log: a withdrawn member leaves every digest that told it.</summary>
    public void TakeIn(Publication row)
    {
        var member = (row.Class, row.Revision.Advisory);
        if (row is { Kind: PublicationKind.Collected, Digest: { } digest })
        {
            if (!_members.TryGetValue((row.Class, digest), out var members)) _members[(row.Class, digest)] = members = [];
            members[row.Revision.Advisory] = row.Revision;
            if (!_digests.TryGetValue(member, out var digests)) _digests[member] = digests = [];
            digests.Add(digest);
        }
        else if (row.Kind is PublicationKind.Withdrawal && _digests.Remove(member, out var left))
        {
            foreach (var each in left) _members[(row.Class, each)].Remove(row.Revision.Advisory);
        }
    }

    /// <summary>The digests that tell a member, each with all that it tells.</summary>
    public IReadOnlyList<(AdvisoryId Digest, IReadOnlyCollection<RevisionKey> Members)> Of(string @class, AdvisoryId member) =>
        [.. _digests.GetValueOrDefault((@class, member), []).Select(digest => (digest, (IReadOnlyCollection<RevisionKey>)[.. _members[(@class, digest)].Values]))];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _members.Clear();
        _digests.Clear();
    }
}
