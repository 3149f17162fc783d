using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>
/// Index in memory of every advisory ever stored: enough to decide a match without asking the store.
/// Not safe for several tasks at once.
/// </summary>
public sealed class KnownAdvisories
{
    private readonly Dictionary<string, AdvisoryId> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<AdvisoryId, Advisory> _byId = [];

    /// <summary>How many advisories are known.</summary>
    public int Count => _byId.Count;

    /// <summary>Takes in what was committed or loaded.</summary>
    public void Learn(IEnumerable<Advisory> advisories, IEnumerable<KeyValuePair<string, AdvisoryId>> keys)
    {
        foreach (var advisory in advisories) _byId[advisory.Id] = advisory;
        foreach (var (key, id) in keys) _byKey.TryAdd(key, id);
    }

    /// <summary>Forgets everything, to learn it anew.</summary>
    public void Forget()
    {
        _byKey.Clear();
        _byId.Clear();
    }

    /// <summary>The advisory that the first known key names; null when none is known.</summary>
    public Advisory? Find(IEnumerable<string> keys)
    {
        foreach (var key in keys)
            if (_byKey.TryGetValue(key, out var id)) return _byId[id];
        return null;
    }

    /// <summary>Whether a key is known already, and need not be stored again.</summary>
    public bool Has(string key) => _byKey.ContainsKey(key);
}
