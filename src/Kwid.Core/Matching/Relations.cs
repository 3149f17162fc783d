using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>
/// Which advisories belong together: by an explicit reference, or by an equal set of CVEs within 90 days. Nothing is ever merged by it. A relation holds both
/// ways or not at all. Not safe for several tasks at once.
/// </summary>
public sealed class Relations
{
    /// <summary>Most relations of one advisory: the strongest that are so for both sides.</summary>
    public const int MostRelations = 30;

    /// <summary>Most CVEs in a set that proves something; kernel updates name hundreds.</summary>
    public const int MostCves = 20;

    /// <summary>Longest time between two advisories on the same CVEs.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(90);

    private readonly Dictionary<AdvisoryId, Advisory> _advisories = [];
    private readonly Dictionary<AdvisoryId, List<AdvisoryId>> _namedBy = [];
    private readonly Dictionary<string, List<AdvisoryId>> _byCves = new(StringComparer.Ordinal);

    /// <summary>Takes in an advisory, in place of what was known of it.</summary>
    public void Learn(Advisory advisory)
    {
        if (_advisories.TryGetValue(advisory.Id, out var before)) Remove(before);
        _advisories[advisory.Id] = advisory;
        foreach (var name in advisory.Names) ListOf(_namedBy, name).Add(advisory.Id);
        if (CvesOf(advisory) is { } cves) ListOf(_byCves, cves).Add(advisory.Id);
    }

    /// <summary>Forgets everything, to learn it anew.</summary>
    public void Forget()
    {
        _advisories.Clear();
        _namedBy.Clear();
        _byCves.Clear();
    }

    /// <summary>Its relations, references first, then the nearest in time.</summary>
    public IReadOnlyList<Relation> Of(AdvisoryId id) =>
        _advisories.TryGetValue(id, out var advisory) ? [.. Strongest(advisory).Where(relation => Strongest(_advisories[relation.Other]).Exists(back => back.Other == id))] : [];

    /// <summary>An advisory that references this one and was delivered; null when none was.</summary>
    public AdvisoryId? ToldBy(AdvisoryId id, Func<AdvisoryId, bool> isDelivered) =>
        _namedBy.TryGetValue(id, out var by) ? by.Where(other => other != id && isDelivered(other)).OrderBy(other => other.ToString(), StringComparer.Ordinal).Cast<AdvisoryId?>().FirstOrDefault() : null;

    private List<Relation> Strongest(Advisory advisory)
    {
        var references = advisory.Names.Concat(_namedBy.GetValueOrDefault(advisory.Id) ?? []);
        var equals = CvesOf(advisory) is { } cves ? _byCves[cves].Where(other => IsNear(advisory, _advisories[other])) : [];
        return [.. references.Concat(equals).Distinct().Where(other => other != advisory.Id).Select(_advisories.GetValueOrDefault).OfType<Advisory>()
            .Select(other => (other.Id, Key: KeyOf(advisory, other), Distance: Distance(advisory, other)))
            .OrderByDescending(one => one.Key.StartsWith('r')).ThenBy(one => one.Distance).ThenBy(one => one.Id.ToString(), StringComparer.Ordinal)
            .Take(MostRelations).Select(one => new Relation(one.Id, one.Key))];
    }

    /// <summary>The same from both sides; a reference is the stronger proof.</summary>
    private static string KeyOf(Advisory one, Advisory other)
    {
        var named = new[] { (By: one, other.Id), (By: other, one.Id) }.Where(each => each.By.Names.Contains(each.Id)).Select(each => each.Id.ToString()).Order(StringComparer.Ordinal).FirstOrDefault();
        return named is null ? "cves " + CvesOf(one) : "reference " + named;
    }

    private static bool IsNear(Advisory one, Advisory other) => Distance(one, other) <= Within;

    /// <summary>Zero where one is undated.</summary>
    private static TimeSpan Distance(Advisory one, Advisory other) => (one.Since - other.Since)?.Duration() ?? TimeSpan.Zero;

    private static string? CvesOf(Advisory advisory) => advisory.Cves.Count is > 0 and <= MostCves ? string.Join(' ', advisory.Cves.Order()) : null;

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
