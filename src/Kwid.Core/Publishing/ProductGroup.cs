using System.Text.RegularExpressions;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>One product of an advisory with its versions, as people write them.</summary>
/// <param name="Name">With its vendor.</param>
/// <param name="Affected">Versions and ranges; empty when all are meant, or none.</param>
/// <param name="Fixed">Versions that mend it.</param>
/// <param name="NotAffected">Versions that are not affected.</param>
/// <param name="Statuses">What is said of it at all.</param>
internal sealed partial record ProductGroup(string Name, IReadOnlyList<string> Affected, IReadOnlyList<string> Fixed, IReadOnlyList<string> NotAffected, IReadOnlySet<ProductStatus> Statuses)
{
    /// <summary>What CERT-Bund writes where there is no vendor.</summary>
    public const string NoVendor = "Open Source";

    private const int MostVersions = 6;

    /// <summary>The products in the source's order. What is said to be affected and to be mended in the same words says nothing of being mended.</summary>
    public static IReadOnlyList<ProductGroup> Of(IEnumerable<Product> products) =>
        [.. products.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase).Select(group =>
        {
            var affected = Versions(group, ProductStatus.Affected);
            var mending = Versions(group, ProductStatus.Fixed).Except(affected);
            return new ProductGroup(NameOf(group.First()), affected, [.. mending], Versions(group, ProductStatus.NotAffected), group.Select(product => product.Status).ToHashSet());
        })];

    /// <summary>Ranges that end at a version that mends them: <c>&lt;7.2.12</c> where 7.2.12 does. The source itself says then what to do.</summary>
    public IReadOnlyList<string> Mended => [.. Affected.Where(range => range.Contains('<', StringComparison.Ordinal) && Fixed.Contains(UpperBound(range)))];

    /// <summary>Versions that end a range.</summary>
    public IReadOnlyList<string> Mending => [.. Mended.Select(UpperBound).Distinct(StringComparer.Ordinal)];

    /// <summary>Versions as a German list, ranges in words: <c>vor 7.2.12, vor 7.4.8</c>.</summary>
    public static string Words(IReadOnlyList<string> versions)
    {
        var words = string.Join(", ", versions.Take(MostVersions).Select(InWords));
        return versions.Count > MostVersions ? $"{words} und {versions.Count - MostVersions} weitere" : words;
    }

    /// <summary>Range signs as words: <c>Server vor 9.2</c>, <c>ab 1.0, vor 1.5</c>.</summary>
    public static string InWords(string version)
    {
        var text = Scheme().Replace(version, "").Replace('|', ',');
        return Sign().Replace(text, match => match.Groups["sign"].Value switch { "<" => "vor ", "<=" or "≤" => "bis ", ">=" or "≥" => "ab ", _ => "nach " })
            .Replace(",", ", ", StringComparison.Ordinal).Replace(",  ", ", ", StringComparison.Ordinal);
    }

    private static string NameOf(Product product) =>
        InWords(product.Vendor is null or NoVendor || product.Name.StartsWith(product.Vendor, StringComparison.OrdinalIgnoreCase) ? product.Name : $"{product.Vendor} {product.Name}");

    private static List<string> Versions(IEnumerable<Product> products, ProductStatus status) =>
        [.. products.Where(product => product.Status == status).Select(product => product.Version?.Trim()).Where(version => !string.IsNullOrEmpty(version)).Cast<string>().Distinct(StringComparer.Ordinal)];

    private static string UpperBound(string range) => Less().Replace(range.Split('|', ',')[^1].Trim(), "", 1);

    [GeneratedRegex(@"^vers:[a-z]+/", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?<sign><=|>=|<|>|≤|≥)\s*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sign();

    [GeneratedRegex(@"<\s*(?!=)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Less();
}
