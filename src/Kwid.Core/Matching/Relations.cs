using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>
/// Which advisories belong together: by an explicit reference, or by an equal set of CVEs within 90 days. Nothing is ever merged by it. A relation holds both
/// ways or not at all. Safe for several tasks at once.
/// </summary>
public sealed class Relations
{
    /// <summary>Most relations of one advisory: the strongest that are so for both sides.</summary>
    public const int MostRelations = 30;

    /// <summary>Most CVEs in a set that proves something; kernel updates name hundreds.</summary>
    public const int MostCves = 20;

    /// <summary>Longest time between two advisories on the same CVEs.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(90);

    private readonly Lock _lock = new();
    private readonly Dictionary<AdvisoryId, Advisory> _advisories = [];
    private readonly Dictionary<AdvisoryId, AdvisoryId> _olderOf = [];
    private readonly Dictionary<AdvisoryId, List<AdvisoryId>> _aliases = [];
    private readonly Dictionary<AdvisoryId, List<AdvisoryId>> _namedBy = [];
    private readonly Dictionary<string, List<AdvisoryId>> _byCves = new(StringComparer.Ordinal);

    /// <summary>Takes in an advisory, in place of what was known of it.</summary>
    public void Learn(Advisory advisory)
    {
        lock (_lock)
        {
            if (_advisories.Remove(advisory.Id, out var before)) Remove(before);
            if (_olderOf.Remove(advisory.Id, out var was)) Drop(_aliases, was, advisory.Id);
            if (advisory.AliasOf is { } older)
            {
                _olderOf[advisory.Id] = older;
                ListOf(_aliases, older).Add(advisory.Id);
            }
            else Add(advisory);
        }
    }

    /// <summary>Forgets everything, to learn it anew.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _advisories.Clear();
            _olderOf.Clear();
            _aliases.Clear();
            _namedBy.Clear();
            _byCves.Clear();
        }
    }

    /// <summary>Its relations, references first, then the nearest in time.</summary>
    public IReadOnlyList<Relation> Of(AdvisoryId id)
    {
        lock (_lock)
            return _advisories.TryGetValue(id, out var advisory) ? [.. Strongest(advisory).Where(relation => Strongest(_advisories[relation.Other]).Exists(back => back.Other == id))] : [];
    }

    /// <summary>An advisory that references this one and was delivered; null when none was.</summary>
    public AdvisoryId? ToldBy(AdvisoryId id, Func<AdvisoryId, bool> isDelivered)
    {
        List<AdvisoryId> naming;
        lock (_lock) naming = [.. NamingOf(id).Where(other => other != id).OrderBy(other => other.ToString(), StringComparer.Ordinal)];
        return naming.Where(isDelivered).Cast<AdvisoryId?>().FirstOrDefault();
    }

    /// <summary>Advisories that refer to this one and name exactly the same CVEs, the nearest in time first.</summary>
    public IReadOnlyList<AdvisoryId> NamedWithEqualCvesBy(AdvisoryId id)
    {
        lock (_lock)
        {
            if (!_advisories.TryGetValue(id, out var advisory) || CvesOf(advisory) is not { } cves) return [];
            return [.. NamingOf(id).Distinct().Where(other => other != id && CvesOf(_advisories[other]) == cves)
                .OrderBy(other => Distance(advisory, _advisories[other])).ThenBy(other => other.ToString(), StringComparer.Ordinal)];
        }
    }

    /// <summary>Those that turned out to be this one.</summary>
    public IReadOnlyList<AdvisoryId> AliasesOf(AdvisoryId id)
    {
        lock (_lock) return [.. IdsOf(id).Skip(1)];
    }

    private List<Relation> Strongest(Advisory advisory)
    {
        var references = advisory.Names.Select(Resolve).Concat(NamingOf(advisory.Id));
        var equals = CvesOf(advisory) is { } cves ? _byCves[cves].Where(other => IsNear(advisory, _advisories[other])) : [];
        return [.. references.Concat(equals).Distinct().Where(other => other != advisory.Id).Select(_advisories.GetValueOrDefault).OfType<Advisory>()
            .Select(other => (other.Id, Key: KeyOf(advisory, other), Distance: Distance(advisory, other)))
            .OrderByDescending(one => one.Key.StartsWith('r')).ThenBy(one => one.Distance).ThenBy(one => one.Id.ToString(), StringComparer.Ordinal)
            .Take(MostRelations).Select(one => new Relation(one.Id, one.Key))];
    }

    /// <summary>The same from both sides; a reference is the stronger proof.</summary>
    private string KeyOf(Advisory one, Advisory other)
    {
        var named = one.Names.Intersect(IdsOf(other.Id)).Concat(other.Names.Intersect(IdsOf(one.Id))).Select(name => name.ToString()).Min(StringComparer.Ordinal);
        return named is null ? "cves " + CvesOf(one) : "reference " + named;
    }

    /// <summary>The id and those of advisories that turned out to be the same.</summary>
    private IEnumerable<AdvisoryId> IdsOf(AdvisoryId id) => _aliases.TryGetValue(id, out var aliases) ? aliases.SelectMany(IdsOf).Prepend(id) : [id];

    private IEnumerable<AdvisoryId> NamingOf(AdvisoryId id) => IdsOf(id).SelectMany(each => _namedBy.GetValueOrDefault(each) ?? []);

    private AdvisoryId Resolve(AdvisoryId name)
    {
        while (_olderOf.TryGetValue(name, out var older)) name = older;
        return name;
    }

    private static bool IsNear(Advisory one, Advisory other) => Distance(one, other) <= Within;

    /// <summary>Zero where one is undated.</summary>
    private static TimeSpan Distance(Advisory one, Advisory other) => (one.Since - other.Since)?.Duration() ?? TimeSpan.Zero;

    private static string? CvesOf(Advisory advisory) => advisory.Cves.Count is > 0 and <= MostCves ? string.Join(' ', advisory.Cves.Order()) : null;

    private void Add(Advisory advisory)
    {
        _advisories[advisory.Id] = advisory;
        foreach (var name in advisory.Names) ListOf(_namedBy, name).Add(advisory.Id);
        if (CvesOf(advisory) is { } cves) ListOf(_byCves, cves).Add(advisory.Id);
    }

    private void Remove(Advisory before)
    {
        foreach (var name in before.Names) Drop(_namedBy, name, before.Id);
        if (CvesOf(before) is { } cves) Drop(_byCves, cves, before.Id);
    }

    private static List<AdvisoryId> ListOf<T>(Dictionary<T, List<AdvisoryId>> lists, T key) where T : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = new List<AdvisoryId>(1);
        return list;
    }

    private static void Drop<T>(Dictionary<T, List<AdvisoryId>> lists, T key, AdvisoryId id) where T : notnull
    {
        if (!lists.TryGetValue(key, out var list)) return;
        list.Remove(id);
        if (list.Count == 0) lists.Remove(key);
    }
}
