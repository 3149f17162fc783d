using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>What is remembered of each source, in memory; the store has the same.</summary>
public sealed class SourceStates
{
    private readonly ConcurrentDictionary<SourceId, SourceState> _states = new();

    /// <summary>Takes in what was loaded or saved.</summary>
    public void Learn(IEnumerable<SourceState> states)
    {
        foreach (var state in states) _states[state.Source] = state;
    }

    /// <summary>What is remembered under an id; null when it was never polled.</summary>
    public SourceState? Find(SourceId source) => _states.GetValueOrDefault(source);

    /// <summary>
    /// The source's state. A source that was never polled, or whose address, label or selectors changed, begins anew: without validators, as a first poll. A renamed
    /// source goes on with the state of its former id.
    /// </summary>
    public SourceState Of(Source source)
    {
        // Hashed, since it may hold a secret; with the default label and the selectors, since others make every document another.
        var text = $"{source.Url.AbsoluteUri}\n{source.Tlp.Word()}{(source.Page is { } page ? '\n' + page.Identity : "")}";
        var address = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        var known = source.FormerIds.Prepend(source.Id).Select(id => _states.GetValueOrDefault(id)).FirstOrDefault(state => state is not null);
        return known?.Address == address ? known with { Source = source.Id } : new SourceState { Source = source.Id, Address = address };
    }
}
