using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Reading.Facts;

/// <summary>Gathers what the items of one catalogue say, one fact a CVE, and what of them says nothing.</summary>
internal sealed class CatalogueFacts
{
    /// <summary>Most facts read of one document; the largest catalogue known has some thousands.</summary>
    private const int MostFacts = 50_000;

    /// <summary>Most faults told one by one.</summary>
    private const int MostFaults = 5;

    private readonly Dictionary<CveId, Fact> _facts = [];
    private readonly List<string> _faults = [];
    private readonly SortedSet<string> _by = new(StringComparer.Ordinal);
    private int _items;
    private int _faulty;
    private int _withoutCve;
    private int _saysNothing;

    /// <summary>Whether no more is read.</summary>
    public bool IsFull => _facts.Count >= MostFacts;

    /// <summary>Takes in one item.</summary>
    public void Add(IReadOnlyDictionary<string, string> fields)
    {
        _items++;
        var item = new CatalogueItem(fields);
        if (item.By is { } by) _by.Add(by);
        var cves = item.Cves;
        if (cves.Count == 0) _withoutCve++;
        else if (!item.IsExploited && item.FindScore() is null) _saysNothing++;
        else foreach (var cve in cves) Add(item, cve);
    }

    /// <summary>Something can't be read.</summary>
    public void Fault(string fault)
    {
        _faulty++;
        if (_faulty <= MostFaults) _faults.Add(fault);
    }

    /// <summary>All of it.</summary>
    /// <param name="title">What it calls itself; null: nothing.</param>
    /// <param name="released">When it was made, as written; null: not said.</param>
    public ReadDocument Build(string? title, string? released)
    {
        if (_facts.Count == 0 && _by.Count == 0)
            Fault(_items == 0 ? "it has no items" : $"none of its {_items} items has both a CVE id (cveID) and a date (dateAdded, dateReported, exploitedSince) or a score (baseScore)");
        if (IsFull) Fault($"{MostFacts} facts are too many; the rest of the document was left out.");
        if (_faulty > _faults.Count) _faults.Add($"{_faulty - _faults.Count} faults more.");
        return new ReadDocument(_by.Count == 0 ? "catalogue" : $"catalogue ({string.Join(", ", _by)})", new FeedHead { Title = title, Updated = released, Description = Remarks() }, [], _faults)
        {
            IsCatalogue = true,
            Facts = [.. _facts.Values],
        };
    }

    private void Add(CatalogueItem item, string written)
    {
        if (!CveId.IsValid(written))
        {
            Fault($"item {_items}: '{Short(written)}' is no CVE id; it was left out.");
            return;
        }

        DateTimeOffset? since = null;
        if (item.SinceText is { } text && (since = CatalogueItem.FindDate(text)) is null) Fault($"item {_items} ({written}): '{Short(text)}' is no date; it counts as undated.");
        var cve = new CveId(written);
        var fact = new Fact(cve) { Exploitation = item.IsExploited ? new Exploitation(ExploitationLevel.Exploited, item.By, since) : null, Cvss = item.FindScore() };
        if (_facts.TryGetValue(cve, out var told)) fact = Join(told, fact);
        else if (IsFull) return;
        _facts[cve] = fact;
    }

    /// <summary>Of one CVE that is listed twice: the earlier date, the higher score.</summary>
    private static Fact Join(Fact told, Fact fact) => fact with
    {
        Exploitation = new[] { told.Exploitation, fact.Exploitation }.OfType<Exploitation>().MinBy(each => each.Since ?? DateTimeOffset.MaxValue),
        Cvss = new[] { told.Cvss, fact.Cvss }.OfType<Cvss>().MaxBy(each => each.Score),
    };

    /// <summary>What is no damage, but not used either.</summary>
    private string? Remarks()
    {
        string?[] remarks =
        [
            _withoutCve == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{_withoutCve} of {_items} items name no CVE id."),
            _saysNothing == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{_saysNothing} of {_items} items tell neither exploitation nor a score."),
        ];
        return string.Join(' ', remarks.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
