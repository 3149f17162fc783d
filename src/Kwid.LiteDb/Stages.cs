using Kwid.Core.Model;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>
/// Where revisions stand, kept apart from them so that publishing a hundred thousand rewrites none. Collection <c>pending</c>: commit sequence
/// and <c>r</c>, the revision's key, so that order survives. Collection <c>parked</c>: the keys of held, waiting and backlog revisions with their
/// <c>stage</c>. Revisions in neither are published.
/// </summary>
internal sealed class Stages(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _pending = database.GetCollection("pending");
    private readonly ILiteCollection<BsonDocument> _parked = database.GetCollection("parked");

    /// <summary>Pending revisions with their sequence, in the order of their commits.</summary>
    public IReadOnlyList<(long Sequence, string Revision)> Pending() =>
        [.. _pending.Query().OrderBy("_id").ToEnumerable().Select(document => (document["_id"].AsInt64, document["r"].AsString))];

    /// <summary>Those that no edition takes, by their keys.</summary>
    public IReadOnlyList<(string Revision, RevisionStage Stage)> Parked() =>
        [.. _parked.Query().OrderBy("_id").ToEnumerable().Select(document => (document["_id"].AsString, Enum.Parse<RevisionStage>(document["stage"].AsString)))];

    /// <summary>Keys of those in a stage.</summary>
    public IReadOnlyList<RevisionKey> In(RevisionStage stage) => stage is RevisionStage.Pending
        ? [.. Pending().Select(one => Revisions.Key(one.Revision))]
        : [.. Parked().Where(one => one.Stage == stage).Select(one => Revisions.Key(one.Revision))];

    /// <summary>Gives new revisions their first stage, in their order.</summary>
    public void Begin(IEnumerable<(string Revision, RevisionStage Stage)> revisions)
    {
        var sequence = _pending.Query().OrderByDescending("_id").Limit(1).ToArray() is [var last] ? last["_id"].AsInt64 : 0;
        var pending = new List<BsonDocument>();
        foreach (var (revision, stage) in revisions)
        {
            if (stage == RevisionStage.Pending) pending.Add(new BsonDocument { ["_id"] = ++sequence, ["r"] = revision });
            else Park(revision, stage);
        }

        if (pending.Count > 0) _pending.Insert(pending);
    }

    /// <summary>Takes a pending revision to its next stage.</summary>
    public void Decide(long sequence, string revision, RevisionStage stage)
    {
        if (stage == RevisionStage.Pending) return;
        _pending.Delete(sequence);
        Park(revision, stage);
    }

    /// <summary>Takes a revision out of stage <see cref="RevisionStage.Waiting"/>; false when it is not in it.</summary>
    public bool Release(string revision) =>
        _parked.FindById(revision) is { } parked && parked["stage"].AsString == nameof(RevisionStage.Waiting) && _parked.Delete(revision);

    /// <summary>Makes all that is held pending again, behind what is.</summary>
    public void Unhold()
    {
        var held = Parked().Where(one => one.Stage is RevisionStage.Held).Select(one => one.Revision).ToList();
        held.ForEach(Unpark);
        Begin(held.Select(revision => (revision, RevisionStage.Pending)));
    }

    /// <summary>Takes a revision out of whatever stage keeps it from an edition.</summary>
    public void Unpark(string revision) => _parked.Delete(revision);

    private void Park(string revision, RevisionStage stage)
    {
        if (stage != RevisionStage.Published) _parked.Insert(new BsonDocument { ["_id"] = revision, ["stage"] = stage.ToString() });
    }
}
