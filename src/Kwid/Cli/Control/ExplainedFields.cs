using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Cli.Control;

/// <summary>What is told of an advisory now, field by field, and who said it.</summary>
internal static class ExplainedFields
{
    /// <summary>Fields that say something, in the order in which people ask for them.</summary>
    public static IEnumerable<ExplainedField> Of(Revision last, IReadOnlyList<Entry> statements)
    {
        var entry = last.Entry;
        var isOperators = statements.Any(statement => statement.Source == SourceId.Operator);
        (string Name, string? Value, string? By)[] fields =
        [
            ("withdrawn", entry.Withdrawn, isOperators ? SourceId.Operator.ToString() : null),
            ("title", entry.Title, null),
            ("severity", entry.SeverityWord ?? entry.Severity?.ToString(), entry.SeverityWord is null && !last.Fields.ContainsKey("severity") ? entry.Cvss?.By : null),
            ("score", entry.Cvss is { } cvss ? string.Create(CultureInfo.InvariantCulture, $"CVSS {cvss.Version}: {cvss.Score:0.0} {cvss.Vector}").TrimEnd() : null, entry.Cvss?.By),
            ("exploitation", entry.Exploitation is { } attacks ? string.Create(CultureInfo.InvariantCulture, $"{attacks.Level}{(attacks.Since is { } since ? $" since {since:yyyy-MM-dd}" : "")}") : null, entry.Exploitation?.By),
            ("patch", entry.NoPatch ? "none yet" : null, null),
            ("cves", Some(entry.Cves.Select(cve => cve.ToString())), null),
            ("products", Some(entry.Products.Where(product => product.Status is ProductStatus.Affected).Select(Name).Distinct(StringComparer.Ordinal)), null),
            ("remediations", entry.Remediations.Count == 0 ? null : string.Join(", ", entry.Remediations.CountBy(each => each.Kind).Select(kind => $"{kind.Value} {kind.Key}")), null),
            ("references", Some(entry.References.Select(reference => reference.Url.AbsoluteUri)), null),
            ("history", entry.History is [.., var item] ? $"{entry.History.Count} by the publisher, last {item.Number}: {item.Summary}" : null, null),
            ("published", entry.Published?.ToString("u", CultureInfo.InvariantCulture), null),
            ("updated", entry.Updated?.ToString("u", CultureInfo.InvariantCulture), null),
            ("link", entry.Permalink?.AbsoluteUri, null),
            ("label", "TLP:" + entry.Tlp.Word() + (entry.IsLabelled ? "" : " (the source's default)"), null),
            ("verification", entry.Unverified, null),
        ];
        return fields.Where(field => field.Value is not null)
            .Select(field => new ExplainedField(field.Name, field.Value!, field.By ?? last.Fields.GetValueOrDefault(field.Name, entry.Source).ToString()));
    }

    private static string Name(Product product) => $"{product.Name} {product.Version}".TrimEnd();

    private static string? Some(IEnumerable<string> all)
    {
        var list = all.ToList();
        return list.Count == 0 ? null : string.Join(", ", list.Take(5)) + (list.Count > 5 ? $" and {list.Count - 5} more" : "");
    }
}
