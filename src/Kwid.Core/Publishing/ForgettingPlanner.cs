using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Finds what retention may take of the class logs. A pure function of them and of what is shown, so that a rebuilt shelf comes to the same.</summary>
/// <param name="editions">All, in order.</param>
/// <param name="shown">What the feeds show now.</param>
/// <param name="membersOf">What a digest tells a class.</param>
/// <param name="texts">Texts published since then are kept, and archive documents with an entry since then offered.</param>
/// <param name="publications">Publications since then are kept whole.</param>
internal sealed class ForgettingPlanner(
    IReadOnlyList<Edition> editions, IReadOnlyCollection<FeedSnapshot> shown, Func<string, AdvisoryId, IReadOnlyList<DigestMember>> membersOf,
    DateTimeOffset texts, DateTimeOffset publications)
{
    private readonly Dictionary<AdvisoryId, int> _needed = [];
    private readonly Dictionary<AdvisoryId, DateTimeOffset> _newest = [];

    public ForgettingPlan Plan()
    {
        foreach (var entry in shown.SelectMany(snapshot => snapshot.Entries.Skip(FirstNeeded(snapshot)))) Need(entry);
        foreach (var row in editions.Where(edition => edition.Instant >= texts).SelectMany(edition => edition.Publications)) Need(row.Revision);
        // The newest notice of an outage goes on after a restart.
        if (editions.SelectMany(edition => edition.Authored).LastOrDefault(text => text.Notice is not null) is { } notice) Need(notice.Key);
        NeedWhatIsComparedWith();
        var forgotten = Forgotten();
        return new ForgettingPlan(editions.Count, _needed, [.. editions.Select(edition => (edition, left: Left(edition, forgotten))).Where(pair => pair.left != pair.edition).Select(pair => pair.left)], forgotten);
    }

    /// <summary>Index of the first entry of the window, or of the oldest archive document with an entry young enough.</summary>
    private int FirstNeeded(FeedSnapshot snapshot)
    {
        var archive = snapshot.ArchiveCount;
        while (archive >= snapshot.FirstArchive && snapshot.Entries[(archive * FeedView.ArchiveSize) - 1].First.Instant >= texts) archive--;
        return archive * FeedView.ArchiveSize;
    }

    private void Need(ShownEntry entry)
    {
        foreach (var text in entry.Texts) Need(text);
        foreach (var member in membersOf(entry.First.Class, entry.First.Revision.Advisory))
        {
            Need(member.Shown);
            Need(member.Told);
        }
    }

    private void Need(RevisionKey key)
    {
        if (key.Number > 0) _needed[key.Advisory] = Math.Min(key.Number, _needed.GetValueOrDefault(key.Advisory, int.MaxValue));
    }

    /// <summary>A text tells its changes against what was published before: without that a rebuilt shelf would tell less.</summary>
    private void NeedWhatIsComparedWith()
    {
        var (shownFrom, published) = (new Dictionary<AdvisoryId, int>(_needed), new Dictionary<AdvisoryId, int>());
        foreach (var edition in editions)
        {
            foreach (var key in edition.Publications.Select(row => row.Revision))
                if (shownFrom.TryGetValue(key.Advisory, out var from) && key.Number >= from && published.TryGetValue(key.Advisory, out var before)) Need(key with { Number = before });
            foreach (var key in edition.Publications.Select(row => row.Revision)) published[key.Advisory] = Math.Max(key.Number, published.GetValueOrDefault(key.Advisory));
        }
    }

    /// <summary>Advisories of which nothing is needed and nothing was published lately, by themselves or in a digest.</summary>
    private HashSet<AdvisoryId> Forgotten()
    {
        var members = new List<(AdvisoryId Member, AdvisoryId Digest)>();
        foreach (var edition in editions)
            foreach (var row in edition.Publications.Where(row => !row.IsForgotten))
            {
                _newest[row.Revision.Advisory] = edition.Instant;
                if (row.Digest is { } digest) members.Add((row.Revision.Advisory, digest));
            }

        var kept = _newest.Where(pair => pair.Value >= publications || _needed.ContainsKey(pair.Key)).Select(pair => pair.Key).Concat(Versions()).Concat(Twice()).Concat(Insiders()).ToHashSet();
        kept.UnionWith(members.Where(pair => kept.Contains(pair.Member)).Select(pair => pair.Digest).ToList());
        return [.. _newest.Keys.Where(id => !kept.Contains(id))];
    }

    /// <summary>What last changed a feed stands for its validators.</summary>
    private IEnumerable<AdvisoryId> Versions()
    {
        var versions = shown.Select(snapshot => snapshot.Version.Number).ToHashSet();
        return editions.Where(edition => versions.Contains(edition.Number)).SelectMany(edition => edition.Publications).Select(row => row.Revision.Advisory);
    }

    /// <summary>A revision that entered in two editions enters a feed that changed its class once only, and that can't be seen without its name.</summary>
    private IEnumerable<AdvisoryId> Twice() =>
        from edition in editions
        from key in edition.Publications.Where(row => row.Kind is PublicationKind.Entry && !row.IsForgotten).Select(row => row.Revision).Distinct()
        group key by key into entered
        where entered.Skip(1).Any()
        select entered.Key.Advisory;

    /// <summary>What was told inside another is an entry in some feeds and in others not: that can't be seen without their names.</summary>
    private IEnumerable<AdvisoryId> Insiders() => editions.SelectMany(edition => edition.Publications)
        .Where(row => row is { Kind: PublicationKind.Inside, IsForgotten: false }).SelectMany(row => new[] { row.Revision.Advisory, row.Within!.Value });

    private Edition Left(Edition edition, HashSet<AdvisoryId> forgotten)
    {
        var rows = edition.Publications.Any(row => forgotten.Contains(row.Revision.Advisory))
            ? [.. edition.Publications.Where(row => row.Kind is PublicationKind.Entry || !forgotten.Contains(row.Revision.Advisory)).Select(row => forgotten.Contains(row.Revision.Advisory) ? row.Forget() : row)]
            : edition.Publications;
        var authored = edition.Instant < texts && edition.Authored.Any(IsUnneeded) ? [.. edition.Authored.Where(text => !IsUnneeded(text))] : edition.Authored;
        return ReferenceEquals(rows, edition.Publications) && ReferenceEquals(authored, edition.Authored) ? edition : edition with { Publications = rows, Authored = authored };
    }

    private bool IsUnneeded(Revision text) => !_needed.TryGetValue(text.Key.Advisory, out var from) || text.Key.Number < from;
}
