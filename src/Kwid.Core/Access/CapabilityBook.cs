using System.Collections.Immutable;
using System.Security.Cryptography;
using Kwid.Core.Model;

namespace Kwid.Core.Access;

/// <summary>The capabilities in memory: who may read by which secret. Writes nothing; safe for several tasks at once.</summary>
public sealed class CapabilityBook
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private ImmutableDictionary<string, Capability> _byId = ImmutableDictionary<string, Capability>.Empty;
    private ImmutableDictionary<string, string> _idByHash = ImmutableDictionary<string, string>.Empty;

    /// <summary>All ever issued, by holder and then by date of issue.</summary>
    public IReadOnlyList<Capability> All => [.. _byId.Values.OrderBy(one => one.Holder, StringComparer.Ordinal).ThenBy(one => one.Issued).ThenBy(one => one.Id, StringComparer.Ordinal)];

    /// <summary>Whose feeds any capability opens, or once opened.</summary>
    public IReadOnlySet<string> Holders => _byId.Values.Select(one => one.Holder).ToHashSet(StringComparer.Ordinal);

    /// <summary>A capability by its id.</summary>
    public Capability? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The capability that a token opens, in force or ended; null for what is none.</summary>
    public Capability? FindByToken(string token) =>
        CapabilityToken.HashOf(token) is { } hash && _idByHash.TryGetValue(hash, out var id) ? _byId.GetValueOrDefault(id) : null;

    /// <summary>Takes in what is stored, in place of what was known, but for uses that are not written yet.</summary>
    public void Learn(IEnumerable<Capability> stored)
    {
        lock (_gate)
        {
            _byId = stored.Select(WithUse).ToImmutableDictionary(one => one.Id, StringComparer.Ordinal);
            _idByHash = _byId.Values.ToImmutableDictionary(one => one.Hash, one => one.Id, StringComparer.Ordinal);
        }
    }

    /// <summary>Takes in what was just stored, but for uses that came meanwhile.</summary>
    public void Note(IEnumerable<Capability> changed)
    {
        lock (_gate)
        {
            foreach (var one in changed)
            {
                _byId = _byId.SetItem(one.Id, WithUse(one));
                _idByHash = _idByHash.SetItem(one.Hash, one.Id);
            }
        }
    }

    /// <summary>Remembers a use, to be written later. Uses at the same time come one after the other.</summary>
    public void Use(string id, Func<Capability, Capability> used)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var known)) return;
            _byId = _byId.SetItem(id, used(known));
            _used.Add(id);
        }
    }

    /// <summary>Those whose use is not written yet; who asks writes them, or gives them back with <see cref="Keep"/>.</summary>
    public IReadOnlyList<Capability> TakeUsed()
    {
        lock (_gate)
        {
            List<Capability> used = [.. _used.Select(_byId.GetValueOrDefault).OfType<Capability>()];
            _used.Clear();
            return used;
        }
    }

    /// <summary>What could not be written waits on.</summary>
    public void Keep(IEnumerable<Capability> used)
    {
        lock (_gate) _used.UnionWith(used.Select(one => one.Id));
    }

    /// <summary>A new one, not yet taken in, with its token: the only time that anyone sees it.</summary>
    public (Capability Capability, string Token) Make(string holder, string label, DateTimeOffset now, DateTimeOffset? expires)
    {
        var token = CapabilityToken.New();
        return (new Capability(NewId(), CapabilityToken.HashOf(token)!, holder, label, now) { Expires = expires }, token);
    }

    private string NewId()
    {
        lock (_gate)
        {
            while (true)
            {
                var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
                if (!_byId.ContainsKey(id) && _made.Add(id)) return id;
            }
        }
    }

    private Capability WithUse(Capability stored) => _used.Contains(stored.Id) && _byId.TryGetValue(stored.Id, out var known)
        ? stored with { LastUsed = known.LastUsed, LastReader = known.LastReader, LastEdition = known.LastEdition, UrgentFetches = known.UrgentFetches }
        : stored;
}
