using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>
/// Makes one entry of what several sources say of an advisory: each field from the source that knows it best. A document with a field for each thing knows better than a feed, a feed
/// better than a mere list. Only the one that knows it best can take it back.
/// </summary>
public static class Merging
{
    /// <summary>From then on a feed's date proves a later state than the better source's: publishers date their documents by the day only.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromHours(24);

    private static readonly MergedField[] Fields =
    [
        new("title", entry => entry.Title.Length > 0, (to, from) => to with { Title = from.Title, Language = from.Language }),
        new("text", entry => entry.Html.Length > 0, (to, from) => to with { Html = from.Html, Text = from.Text, IsExcerpt = from.IsExcerpt }),
        new("link", entry => entry.Permalink is not null, (to, from) => to with { Permalink = from.Permalink }),
        new("published", entry => entry.Published is not null, (to, from) => to with { Published = from.Published }),
        new("updated", entry => entry.UpstreamDate is not null, (to, from) => to with { Updated = from.Updated }),
        new("severity", entry => entry.Severity is not null, (to, from) => to with { Severity = from.Severity, SeverityWord = from.SeverityWord }),
        new("score", entry => entry.Cvss is not null, (to, from) => to with { Cvss = from.Cvss }),
        new("cves", entry => entry.Cves.Count > 0, (to, from) => to with { Cves = from.Cves }),
        new("products", entry => entry.Products.Count > 0, (to, from) => to with { Products = from.Products }),
        new("remediations", entry => entry.Remediations.Count > 0, (to, from) => to with { Remediations = from.Remediations }),
        new("references", entry => entry.References.Count > 0, (to, from) => to with { References = from.References, Names = from.Names }),
        new("history", entry => entry.History.Count > 0, (to, from) => to with { History = from.History, Version = from.Version, Status = from.Status }),
        new("effects", entry => entry.Effects.Count > 0, (to, from) => to with { Effects = from.Effects, IsRemote = from.IsRemote, NeedsNoLogin = from.NeedsNoLogin }),
    ];

    /// <summary>One entry of all.</summary>
    /// <param name="statements">What each source said last, who told it first first; at least one.</param>
    /// <param name="find">A configured source; null for one that is gone.</param>
    public static Merged Of(IReadOnlyList<Entry> statements, Func<SourceId, Source?> find)
    {
        if (statements.Count == 1) return new Merged(statements[0], statements, new Dictionary<string, SourceId>());

        var label = LabelOf(statements);
        // What is closer than the label that the whole gets must not show in it.
        IReadOnlyList<Entry> told = [.. statements.Where(entry => entry.Tlp <= label).OrderBy(entry => Rank(entry, find(entry.Source)))];
        var best = told[0];
        var (merged, origins) = (best, new Dictionary<string, SourceId>(StringComparer.Ordinal));
        foreach (var field in Fields)
        {
            var candidates = field.Name == "severity" ? told.OrderByDescending(entry => entry.UpstreamDate - best.UpstreamDate > Later) : (IEnumerable<Entry>)told;
            if (candidates.FirstOrDefault(field.Has) is not { } from) continue;
            merged = field.Take(merged, from);
            origins[field.Name] = from.Source;
        }

        var attacked = told.Where(entry => entry.Exploitation is not null).MaxBy(entry => entry.Exploitation!.Level);
        if (attacked is not null) origins["exploitation"] = attacked.Source;
        var unpatched = HasFix(merged) ? null : told.FirstOrDefault(entry => entry.NoPatch);
        if (unpatched is not null) origins["patch"] = unpatched.Source;
        return new Merged(merged with { Exploitation = attacked?.Exploitation, NoPatch = unpatched is not null, Tlp = label, IsLabelled = statements.Any(entry => entry.IsLabelled) }, told, origins);
    }

    /// <summary>Whether it names what mends it.</summary>
    public static bool HasFix(Entry entry) =>
        entry.Products.Any(product => product.Status is ProductStatus.Fixed) || entry.Remediations.Any(remediation => remediation.Kind is RemediationKind.Fix);

    /// <summary>The widest label that a document itself bears; where none bears one, the widest of the sources' defaults. A default never widens what a document says.</summary>
    private static Tlp LabelOf(IReadOnlyList<Entry> statements) =>
        statements.Where(entry => entry.IsLabelled).Select(entry => (Tlp?)entry.Tlp).Min() ?? statements.Min(entry => entry.Tlp);

    private static int Rank(Entry entry, Source? source) =>
        (source is { IsPolled: true } ? 0 : 100) + (entry.IsStructured ? 0 : 20) + (entry.IsExcerpt ? 10 : 0) + (source is { Deliver: Delivery.Background } ? 1 : 0);
}
