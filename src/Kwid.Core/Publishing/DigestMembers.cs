using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Which members each digest (Sammelmeldung) still tells, class by class. Follows from the class logs alone, so that it is the same after a restart.</summary>
internal sealed class DigestMembers
{
    private readonly Dictionary<(string Class, AdvisoryId Digest), Dictionary<AdvisoryId, DigestMember>> _members = [];
    private readonly Dictionary<(string Class, AdvisoryId Member), List<AdvisoryId>> _digests = [];
    private readonly Dictionary<(string Class, AdvisoryId Member), AdvisoryId> _current = [];

    /// <summary>Takes in the next row of a class log: a withdrawn member leaves every digest that told it.</summary>
    public void TakeIn(Publication row)
    {
        var member = (row.Class, row.Revision.Advisory);
        switch (row.Kind)
        {
            case PublicationKind.Collected when row.Digest is { } digest:
                if (!_members.TryGetValue((row.Class, digest), out var members)) _members[(row.Class, digest)] = members = [];
                members[row.Revision.Advisory] = new DigestMember(row.Revision, row.Revision);
                if (!_digests.TryGetValue(member, out var digests)) _digests[member] = digests = [];
                digests.Add(digest);
                _current[member] = digest;
                break;
            case PublicationKind.Update:
                Show(row);
                break;
            case PublicationKind.Entry:
                if (row.TakesBack) Show(row);
                _current.Remove(member);
                break;
            case PublicationKind.Withdrawal when _digests.Remove(member, out var left):
                foreach (var each in left) _members[(row.Class, each)].Remove(row.Revision.Advisory);
                _current.Remove(member);
                break;
        }
    }

    private void Show(Publication row)
    {
        if (!_current.TryGetValue((row.Class, row.Revision.Advisory), out var current)) return;
        var members = _members[(row.Class, current)];
        members[row.Revision.Advisory] = members[row.Revision.Advisory] with { Shown = row.Revision };
    }

    /// <summary>The digests that tell a member.</summary>
    public IReadOnlyList<AdvisoryId> Of(string @class, AdvisoryId member) => [.. _digests.GetValueOrDefault((@class, member), [])];

    /// <summary>The digest that told a member last; null when none did, or when it got an entry of its own since, which silent changes go to.</summary>
    public AdvisoryId? CurrentOf(string @class, AdvisoryId member) => _current.TryGetValue((@class, member), out var digest) ? digest : null;

    /// <summary>All that a digest tells now.</summary>
    public IReadOnlyList<DigestMember> In(string @class, AdvisoryId digest) => [.. _members.GetValueOrDefault((@class, digest), []).Values];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _members.Clear();
        _digests.Clear();
        _current.Clear();
    }
}
