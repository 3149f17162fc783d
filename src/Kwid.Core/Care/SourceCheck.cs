using Kwid.Core.Model;

namespace Kwid.Core.Care;

/// <summary>Sources' states against what came from them: a validator or a batch that waits must not be ahead of entries.</summary>
internal sealed class SourceCheck(Findings findings)
{
    /// <summary>A state is dated while its entries are.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    /// <summary>No retention keeps texts for less.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromDays(30);

    private readonly List<SourceState> _states = [];
    private readonly Dictionary<SourceId, DateTimeOffset> _seen = [];
    private readonly HashSet<SourceId> _factual = [];
    private readonly HashSet<RevisionKey> _waiting = [];
    private readonly Dictionary<int, RevisionKey> _places = [];

    public void Look(SourceState state) => _states.Add(state);

    public void Look(Revision revision)
    {
        foreach (var source in revision.Tellers)
            if (!_seen.TryGetValue(source, out var seen) || seen < revision.SeenAt) _seen[source] = revision.SeenAt;
    }

    public void Look(SourceFact fact) => _factual.Add(fact.Source);

    public void Look(RevisionKey key, RevisionStage stage, int place, bool isStored)
    {
        if (!isStored) findings.InStore(Findings.Name(key), $"it is in stage {stage}, but not stored");
        if (stage is RevisionStage.Waiting) _waiting.Add(key);
        if (stage is RevisionStage.Pending && !_places.TryAdd(place, key)) findings.InStore(Findings.Name(key), $"{Findings.Name(_places[place])} has the same place among those that wait for an edition");
    }

    /// <summary>What can only be told once all was seen.</summary>
    public void Conclude()
    {
        // What is older retention may have taken.
        var young = _seen.Values.DefaultIfEmpty().Max() is var newest && newest - DateTimeOffset.MinValue > Young ? newest - Young : DateTimeOffset.MinValue;
        foreach (var state in _states)
        {
            // A source that was renamed goes on with the state of its former id, under which its entries came.
            if (state.LastNew is { } brought && brought > young && !_factual.Contains(state.Source) && !HasSeen(state.Source, brought) && !_states.Exists(former => former.LastNew == brought && HasSeen(former.Source, brought)))
                findings.InStore($"source '{state.Source}'", $"its state says that something new came at {brought:u}, but no revision from it is as young");
            _waiting.ExceptWith(state.Held?.Revisions ?? []);
        }

        foreach (var lost in _waiting) findings.InStore(Findings.Name(lost), "it waits for the operator, but no source's state says so: nothing would ever release it");
    }

    private bool HasSeen(SourceId source, DateTimeOffset brought) => _seen.GetValueOrDefault(source) >= brought - Tolerance;
}
