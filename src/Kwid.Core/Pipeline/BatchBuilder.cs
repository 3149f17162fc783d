using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>Gathers decisions into one transaction.</summary>
internal sealed class BatchBuilder(Staging staging, Func<string, bool> isKnown)
{
    private readonly List<StagedRevision> _revisions = [];
    private readonly Dictionary<AdvisoryId, Advisory> _advisories = [];
    private readonly Dictionary<string, AdvisoryId> _keys = new(StringComparer.Ordinal);
    private readonly List<Statement> _statements = [];

    /// <summary>What was gathered.</summary>
    public Taken Taken { get; private set; } = Taken.Nothing;

    /// <summary>Whether an advisory is decided on already: two entries of one document may name it by different keys. The first speaks, the second is no change.</summary>
    public bool Has(AdvisoryId advisory) => _advisories.ContainsKey(advisory);

    /// <summary>What a source says.</summary>
    public void Add(IdentifiedEntry item, Decided decided)
    {
        var id = decided.Decision.Advisory;
        if (!Has(id)) Add(decided);
        foreach (var key in item.Keys.Where(key => !isKnown(key))) _keys.TryAdd(key, id);
    }

    /// <summary>What follows for an advisory that is stored.</summary>
    public void Add(Decided decided)
    {
        foreach (var advisory in decided.Advisories) _advisories[advisory.Id] = advisory;
        foreach (var (key, id) in decided.Moved) _keys[key] = id;
        _statements.AddRange(decided.Statements);
        if (decided.Revision is not { } revision) return;
        var stage = decided.Decision switch
        {
            MatchDecision.New => staging.StageOfNew(decided.Entry),
            _ when revision.Key.Number == 1 => Staging.StageOfListed(revision.Changes),
            _ => staging.StageOfRevised(revision.Key.Advisory),
        };
        _revisions.Add(new StagedRevision(revision, stage));
        Taken = new Taken(
            Taken.New + (decided.Decision is MatchDecision.New ? 1 : 0),
            Taken.Revised + (decided.Decision is MatchDecision.Revised ? 1 : 0),
            stage is RevisionStage.Waiting ? [.. Taken.Waiting, revision.Key] : Taken.Waiting);
    }

    /// <summary>Advisories that an index lists, none of them known.</summary>
    public void AddListed(SourceId source, IEnumerable<AdvisoryId> listed)
    {
        foreach (var id in listed)
        {
            _advisories[id] = new Advisory(id, source, 0, "");
            _keys[IdentityKeys.OfNative(id)] = id;
        }
    }

    /// <param name="state">The source's, with the last batch.</param>
    /// <param name="facts">What catalogues say, together with what follows from it.</param>
    public IngestBatch Build(SourceState? state, IReadOnlyList<SourceFact>? facts = null) => new(_revisions, [.. _advisories.Values], [.. _keys], state) { Statements = _statements, Facts = facts ?? [] };
}
