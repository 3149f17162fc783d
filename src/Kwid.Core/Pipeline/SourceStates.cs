using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>What is remembered of each source, in memory; the store has the same.</summary>
public sealed class SourceStates
{
    private readonly ConcurrentDictionary<SourceId, SourceState> _states = new();
    private readonly ConcurrentDictionary<SourceId, bool> _doubtful = new();

    /// <summary>The states of all sources ever polled, those that are gone included.</summary>
    public IReadOnlyCollection<SourceState> All => [.. _states.Values];

    /// <summary>The state as it is remembered, whatever the configuration says of the source now; null when it never was polled.</summary>
    public SourceState? Find(SourceId source) => _states.GetValueOrDefault(source);

    /// <summary>A commit failed that had this source's state with it: nobody knows whether the store has that one.</summary>
    public void Doubt(SourceId source) => _doubtful[source] = true;

    /// <summary>Whether the store may have another batch that waits than is remembered: nothing remembered may be written over it.</summary>
    public bool IsDoubtful(SourceId source) => _doubtful.ContainsKey(source);

    /// <summary>What waits of sources in doubt is what waits in the store; the rest is as it was, so that the next poll reads again what may be missing.</summary>
    public void Settle(IReadOnlyCollection<SourceState> stored)
    {
        foreach (var source in _doubtful.Keys)
        {
            var there = stored.FirstOrDefault(state => state.Source == source);
            if ((Find(source) is { } known ? known with { Held = there?.Held } : there) is { } settled) Learn([settled]);
            _doubtful.TryRemove(source, out _);
        }
    }

    /// <summary>Takes in what was loaded or saved.</summary>
    public void Learn(IEnumerable<SourceState> states)
    {
        foreach (var state in states) _states[state.Source] = state;
    }

    /// <summary>Puts another state in the place of one; false when that is no longer the present one.</summary>
    public bool TryReplace(SourceState before, SourceState after) => _states.TryUpdate(before.Source, after, before);

    /// <summary>
    /// The source's state. A source that was never polled, or whose address, label or selectors changed, begins anew: without validators, as a first poll. A renamed
    /// source goes on with the state of its former id.
    /// </summary>
    public SourceState Of(Source source)
    {
        // Hashed, since it may hold a secret; with the default label and the selectors, since others make every document another.
        var text = $"{source.Url.AbsoluteUri}\n{source.Tlp.Word()}{(source.Page is { } page ? '\n' + page.Identity : "")}{(source.Kind is SourceKind.Csaf or SourceKind.Facts ? $"\n{source.Kind}" : "")}";
        var address = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        var known = source.FormerIds.Prepend(source.Id).Select(id => _states.GetValueOrDefault(id)).FirstOrDefault(state => state is not null);
        if (known?.Address == address) return known with { Source = source.Id };
        // What waits for the operator still waits, and what is told of outages was so.
        return new SourceState { Source = source.Id, Address = address, Held = known?.Held, Outages = known?.Outages ?? [] };
    }
}
