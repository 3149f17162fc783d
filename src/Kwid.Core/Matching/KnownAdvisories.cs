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
    private readonly Dictionary<AdvisoryId, string> _natives = [];
    private readonly Dictionary<CveId, HashSet<AdvisoryId>> _byCve = [];

    /// <summary>How many advisories were ever told; those that are only listed don't count.</summary>
    public int Count { get; private set; }

    /// <summary>All, in no order.</summary>
    public IReadOnlyCollection<Advisory> All => _byId.Values;

    /// <summary>Takes in what was committed or loaded.</summary>
    public void Learn(IEnumerable<Advisory> advisories, IEnumerable<KeyValuePair<string, AdvisoryId>> keys)
    {
        foreach (var advisory in advisories) Learn(advisory);
        foreach (var (key, id) in keys)
        {
            _byKey[key] = id;
            if (IdentityKeys.IsNative(key)) _natives[id] = key;
        }
    }

    /// <summary>Forgets everything, to learn it anew.</summary>
    public void Forget()
    {
        _byKey.Clear();
        _byId.Clear();
        _natives.Clear();
        _byCve.Clear();
        Count = 0;
    }

    /// <summary>The advisories that the keys name, each once, who is named by the strongest key first. One with another native id is never among them: different ids are different matters.</summary>
    public IReadOnlyList<Advisory> Find(IEnumerable<string> keys)
    {
        var native = keys.FirstOrDefault(IdentityKeys.IsNative);
        var found = new List<Advisory>(1);
        foreach (var key in keys)
        {
            if (!_byKey.TryGetValue(key, out var id) || Resolve(id) is not { } advisory || found.Contains(advisory)) continue;
            var its = _natives.GetValueOrDefault(advisory.Id);
            if (its is not null && native is not null && its != native) continue;
            native ??= its;
            found.Add(advisory);
        }

        return found;
    }

    /// <summary>The advisory of this id, or the one that it is an alias of; null when there is none.</summary>
    public Advisory? Find(AdvisoryId id) => Resolve(id);

    /// <summary>The advisories that name a CVE.</summary>
    public IReadOnlyCollection<AdvisoryId> Naming(CveId cve) => _byCve.TryGetValue(cve, out var named) ? named : [];

    /// <summary>Whether a key is known already, and need not be stored again.</summary>
    public bool Has(string key) => _byKey.ContainsKey(key);

    /// <summary>All keys of an advisory. Looks through all of them: for the rare case that two become one.</summary>
    public IReadOnlyList<string> KeysOf(AdvisoryId id) => [.. _byKey.Where(pair => pair.Value == id).Select(pair => pair.Key)];

    private void Learn(Advisory advisory)
    {
        if (_byId.TryGetValue(advisory.Id, out var before))
            foreach (var cve in before.Cves)
                if (_byCve.TryGetValue(cve, out var naming)) naming.Remove(advisory.Id);
        if (advisory.LastRevision > 0 && before is not { LastRevision: > 0 }) Count++;
        _byId[advisory.Id] = advisory;
        if (advisory.AliasOf is not null) return;
        foreach (var cve in advisory.Cves)
        {
            if (!_byCve.TryGetValue(cve, out var named)) _byCve[cve] = named = [];
            named.Add(advisory.Id);
        }
    }

    private Advisory? Resolve(AdvisoryId id)
    {
        // A chain of aliases is as long as advisories were joined one after the other.
        for (var steps = 0; steps < 100 && _byId.TryGetValue(id, out var advisory); steps++)
        {
            if (advisory.AliasOf is not { } other) return advisory;
            id = other;
        }

        return null;
    }
}
