using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>Turns what only a document with a field for each thing says into Kwid's terms.</summary>
internal static class StructuredFields
{
    /// <summary>Longest short text kept, in characters: names, versions, summaries of revisions.</summary>
    private const int LongestName = 500;

    /// <summary>Longest text of a remediation kept, in characters.</summary>
    private const int LongestRemediation = 4_000;

    /// <summary>The entry with these fields.</summary>
    /// <param name="entry">What every entry has.</param>
    /// <param name="document">As read.</param>
    /// <param name="score">The document's highest score.</param>
    /// <param name="at">What relative addresses are relative to.</param>
    /// <param name="latest">Dates after this one say nothing.</param>
    public static Entry Add(Entry entry, RawDocument document, Cvss? score, Uri at, DateTimeOffset latest)
    {
        var attack = EffectReader.Read(document.Attacks).Or(Attack.OfVector(score));
        if (attack.Effects.Count == 0) attack = attack.Or(EffectReader.Read(entry.Title)).Or(EffectReader.Read(document.Descriptions));
        var remediations = Remediations(document, at);
        var products = document.Products.Select(Product).ToList();
        return entry with
        {
            IsStructured = true,
            Version = Short(document.Version),
            Status = StatusOf(document.Status),
            History = History(document, latest),
            Products = products,
            Remediations = remediations,
            Effects = attack.Effects,
            IsRemote = attack.IsRemote,
            NeedsNoLogin = attack.NeedsNoLogin,
            Exploitation = ExploitationReader.Find(document, latest),
            Withdrawn = document.Category == "csaf_withdrawn" ? Short(document.Reasoning) ?? Normaliser.NoReason : null,
            NoPatch = entry.NoPatch || (remediations.Exists(each => each.Kind == RemediationKind.None) && !remediations.Exists(each => each.Kind == RemediationKind.Fix) && !products.Exists(each => each.Status == ProductStatus.Fixed)),
        };
    }

    private static DocumentStatus? StatusOf(string? status) => status switch { "draft" => DocumentStatus.Draft, "interim" => DocumentStatus.Interim, "final" => DocumentStatus.Final, _ => null };

    /// <summary>Oldest first, whichever way the document has them.</summary>
    private static List<HistoryItem> History(RawDocument document, DateTimeOffset latest)
    {
        var items = new List<HistoryItem>(document.History.Count);
        foreach (var revision in document.History)
            items.Add(new HistoryItem(Short(revision.Number) ?? "", FeedDates.FindUntil(revision.Date, latest), Short(revision.Summary) ?? ""));
        if (items.Count > 1 && items[0].Date > items[^1].Date) items.Reverse();
        for (var i = 1; i < items.Count; i++)
            if (items[i].Date < items[i - 1].Date) return [.. items.OrderBy(item => item.Date)];
        return items;
    }

    private static List<Remediation> Remediations(RawDocument document, Uri at)
    {
        var remediations = new List<Remediation>(document.Remediations.Count);
        foreach (var raw in document.Remediations)
        {
            var remediation = new Remediation(KindOf(raw.Category), PlainText.Cut(PlainText.FromText(raw.Text), LongestRemediation), raw.Url is null ? null : Links.Find(raw.Url, at));
            if (remediation.Text.Length > 0 && !remediations.Contains(remediation)) remediations.Add(remediation);
        }

        return remediations;
    }

    private static RemediationKind KindOf(string? category) => category switch
    {
        "vendor_fix" => RemediationKind.Fix,
        "workaround" => RemediationKind.Workaround,
        "mitigation" => RemediationKind.Mitigation,
        "none_available" or "no_fix_planned" or "fix_planned" => RemediationKind.None,
        _ => RemediationKind.Other,
    };

    private static Product Product(Product raw)
    {
        var (name, version) = ProductName.Split(Short(raw.Vendor), Short(raw.Name) ?? "?", Short(raw.Version), raw.Cpe);
        return new Product(Short(raw.Vendor), name, version, raw.Status) { Cpe = Short(raw.Cpe), Purl = Short(raw.Purl) };
    }

    private static string? Short(string? text) => PlainText.FromText(text) is { Length: > 0 } plain ? PlainText.Cut(plain, LongestName) : null;
}
