using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>Gathers decisions into one transaction.</summary>
internal sealed class BatchBuilder(Source source, DateTimeOffset now, Staging staging, Func<string, bool> isKnown)
{
    private readonly List<StagedRevision> _revisions = [];
    private readonly List<Advisory> _advisories = [];
    private readonly List<KeyValuePair<string, AdvisoryId>> _keys = [];

    /// <summary>What was gathered.</summary>
    public Taken Taken { get; private set; } = Taken.Nothing;

    public void Add(IdentifiedEntry item, MatchDecision decision)
    {
        switch (decision)
        {
            case MatchDecision.New(var id):
                AddRevision(item, new RevisionKey(id, 1), [], staging.StageOfNew(item.Entry));
                Taken = Taken with { New = Taken.New + 1 };
                break;
            // Two entries of one document that name one advisory by different keys: the first speaks, the second is no change.
            case MatchDecision.Revised(var id, _, _) when _advisories.Exists(advisory => advisory.Id == id):
                break;
            case MatchDecision.Revised(var id, var number, var changes):
                AddRevision(item, new RevisionKey(id, number), changes, staging.StageOfRevised(id));
                Taken = Taken with { Revised = Taken.Revised + 1 };
                break;
            case MatchDecision.Same(var id):
                AddKeys(item, id);
                break;
        }
    }

    public IngestBatch Build(SourceState? state) => new(_revisions, _advisories, _keys, state);

    private void AddRevision(IdentifiedEntry item, RevisionKey key, IReadOnlyList<Change> changes, RevisionStage stage)
    {
        var revision = new Revision(key, now, item.Entry, changes) { Origin = Origin.Of(source) };
        _revisions.Add(new StagedRevision(revision, stage));
        _advisories.Add(new Advisory(key.Advisory, source.Id, key.Number, Fingerprint.Of(item.Entry)));
        AddKeys(item, key.Advisory);
        if (stage is RevisionStage.Waiting) Taken = Taken with { Waiting = [.. Taken.Waiting, key] };
    }

    private void AddKeys(IdentifiedEntry item, AdvisoryId id)
    {
        foreach (var key in item.Keys.Where(key => !isKnown(key))) _keys.Add(KeyValuePair.Create(key, id));
    }
}
