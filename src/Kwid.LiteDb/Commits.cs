using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.LiteDb;

/// <summary>What the great transactions write, and what they refuse (<see cref="Refusals"/>).</summary>
internal static class Commits
{
    /// <summary>One batch of an ingest.</summary>
    /// <exception cref="StoreException">A revision's number is not the next of its advisory.</exception>
    public static void Write(Collections collections, IngestBatch batch)
    {
        var known = Known(collections.Advisories, batch);
        Refusals.EnsureNext(batch, known);
        collections.Revisions.Add(batch.Revisions.Select(staged => staged.Revision));
        collections.Stages.Begin(batch.Revisions.Select(staged => (Revisions.Key(staged.Revision.Key), staged.Stage)));
        collections.Advisories.Add(batch.Advisories.Where(advisory => !known.ContainsKey(advisory.Id)));
        collections.Advisories.Change(batch.Advisories.Where(advisory => known.ContainsKey(advisory.Id)));
        collections.Keys.Put(batch.Keys);
        if (batch.Statements.Count > 0) collections.Statements.Put(batch.Statements);
        if (batch.Facts.Count > 0) collections.Facts.Put(batch.Facts);
        if (batch.State is { } state) collections.Sources.Put(state);
    }

    /// <summary>One edition with what it decided; without an edition only the decisions.</summary>
    /// <exception cref="StoreException">Its number is not the next, or a revision does not wait for an edition.</exception>
    public static void Publish(Collections collections, Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided)
    {
        if (edition is not null)
        {
            Refusals.EnsureNext(edition, collections.Editions.FindLast()?.Number ?? 0);
            collections.Editions.Add(edition);
        }

        if (decided.Count == 0) return;

        var pending = collections.Stages.Pending().ToDictionary(one => one.Revision, one => one.Sequence, StringComparer.Ordinal);
        foreach (var (key, stage) in decided)
        {
            var revision = Revisions.Key(key);
            if (!pending.Remove(revision, out var sequence)) throw Refusals.NotPending(key);
            collections.Stages.Decide(sequence, revision, stage);
        }
    }

    /// <summary>Lets go what waits for the operator, of those named; into an edition together with what is newer.</summary>
    public static IReadOnlyList<RevisionKey> Restage(Collections collections, IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state)
    {
        if (stage is not (RevisionStage.Pending or RevisionStage.Backlog)) throw new ArgumentOutOfRangeException(nameof(stage), stage, "What waits becomes pending or backlog.");
        var released = waiting.Where(key => collections.Stages.Release(Revisions.Key(key))).ToList();
        if (stage is RevisionStage.Pending) released.AddRange(TakeNewer(collections, released));
        collections.Stages.Begin(released.Select(key => (Revisions.Key(key), stage)));
        collections.Sources.Put(state);
        return released;
    }

    /// <summary>What is newer of the same advisories and not pending, wherever it stands: an older text must not be published without it.</summary>
    private static List<RevisionKey> TakeNewer(Collections collections, IReadOnlyList<RevisionKey> released)
    {
        var going = collections.Stages.Pending().Select(one => one.Revision).Concat(released.Select(Revisions.Key)).ToHashSet(StringComparer.Ordinal);
        var newer = new List<RevisionKey>();
        foreach (var oldest in released.GroupBy(key => key.Advisory).Select(keys => keys.MinBy(key => key.Number)))
        {
            var last = collections.Advisories.FindLastRevision(oldest.Advisory) ?? 0;
            newer.AddRange(Enumerable.Range(oldest.Number + 1, Math.Max(0, last - oldest.Number)).Select(number => oldest with { Number = number }).Where(key => !going.Contains(Revisions.Key(key))));
        }

        foreach (var key in newer) collections.Stages.Unpark(Revisions.Key(key));
        return newer;
    }

    /// <summary>Those of its advisories that are stored, each with the number of its last revision.</summary>
    private static Dictionary<AdvisoryId, int> Known(Advisories stored, IngestBatch batch) => batch.Advisories
        .Select(advisory => (advisory.Id, Last: stored.FindLastRevision(advisory.Id))).Where(one => one.Last is not null).ToDictionary(one => one.Id, one => one.Last!.Value);
}
