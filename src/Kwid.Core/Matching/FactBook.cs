using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>
/// What catalogues say of CVEs, in memory, and what it adds to an advisory that names them. A fact stays when its catalogue no longer lists it: EUVD's lists
/// hold eight items. Not safe for several tasks at once.
/// </summary>
public sealed class FactBook
{
    private readonly Dictionary<CveId, SortedList<string, SourceFact>> _facts = [];

    /// <summary>How many CVEs something is known of.</summary>
    public int Count => _facts.Count;

    /// <summary>Takes in what was committed or loaded; the newest of a source and CVE counts.</summary>
    public void Learn(IEnumerable<SourceFact> facts)
    {
        foreach (var fact in facts)
        {
            if (!_facts.TryGetValue(fact.Fact.Cve, out var told)) _facts[fact.Fact.Cve] = told = new SortedList<string, SourceFact>(1, StringComparer.Ordinal);
            told[fact.Source.ToString()] = fact;
        }
    }

    /// <summary>Forgets everything, to learn it anew.</summary>
    public void Forget() => _facts.Clear();

    /// <summary>Another one that knows the same.</summary>
    public FactBook Copy()
    {
        var copy = new FactBook();
        foreach (var told in _facts.Values) copy.Learn(told.Values);
        return copy;
    }

    /// <summary>Whether the fact is new, or says something else than its source said before.</summary>
    public bool Changed(SourceFact fact) => !(_facts.TryGetValue(fact.Fact.Cve, out var told) && told.TryGetValue(fact.Source.ToString(), out var known) && known == fact);

    /// <summary>All that is known of these CVEs, in their order.</summary>
    public IReadOnlyList<SourceFact> Of(IEnumerable<CveId> cves) => [.. cves.SelectMany(cve => _facts.TryGetValue(cve, out var told) ? told.Values : [])];

    /// <summary>How far attacks have come by the catalogues: the highest level, of equal ones what was said first; null when none says so.</summary>
    public Exploitation? FindExploitation(IEnumerable<CveId> cves) => Of(cves).Select(each => each.Fact.Exploitation).OfType<Exploitation>()
        .OrderByDescending(each => each.Level).ThenBy(each => each.Since ?? DateTimeOffset.MaxValue).ThenBy(each => each.By, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>The highest score that a catalogue gives; null when none does.</summary>
    public Cvss? FindCvss(IEnumerable<CveId> cves) => Of(cves).Select(each => each.Fact.Cvss).OfType<Cvss>()
        .OrderByDescending(each => each.Score).ThenByDescending(each => each.Version, StringComparer.Ordinal).ThenBy(each => each.Vector, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>
    /// The entry with what catalogues add: that it is exploited where the source itself says less, a score where it gave none, and that score's band where it
    /// gave no severity. A catalogue's due date is a duty in the US only and not part of any fact.
    /// </summary>
    public Entry Apply(Entry entry)
    {
        var (exploitation, cvss) = (FindExploitation(entry.Cves), FindCvss(entry.Cves));
        if (exploitation is not null && (entry.Exploitation is not { } own || exploitation.Level > own.Level)) entry = entry with { Exploitation = exploitation };
        if (cvss is null || entry.Cvss is not null) return entry;
        return entry with { Cvss = cvss, Severity = entry.Severity is null && entry.SeverityWord is null ? cvss.Band : entry.Severity };
    }
}
