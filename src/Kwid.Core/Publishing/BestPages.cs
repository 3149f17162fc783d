using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Which of the documents that an advisory names its reader wants first.</summary>
internal static class BestPages
{
    private const int ShortestName = 3;

    /// <summary>The first page on the own host of who makes the product that is named first; null when none is so for sure.</summary>
    public static Reference? OfVendor(Entry entry)
    {
        var vendor = Names(entry.Products.Where(product => product.Status is ProductStatus.Affected).Take(1));
        return InOrder(entry).FirstOrDefault(reference => IsOf(reference, vendor));
    }

    /// <summary>Vendors' pages first; neither the entry's own page nor what only machines read.</summary>
    public static IReadOnlyList<Reference> InOrder(Entry entry)
    {
        var vendors = Names(entry.Products.Where(product => product.Status is not ProductStatus.NotAffected));
        return [.. entry.References.Where(reference => reference.Url != entry.Permalink && !reference.Url.AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            .DistinctBy(reference => reference.Url).OrderBy(reference => !IsOf(reference, vendors))];
    }

    /// <summary>The first words of vendors' names: <c>Fortinet</c> of "Fortinet, Inc.".</summary>
    private static List<string> Names(IEnumerable<Product> products) =>
        [.. products.Select(product => product.Vendor).OfType<string>().Where(vendor => vendor != ProductGroup.NoVendor)
            .Select(vendor => new string([.. vendor.TakeWhile(char.IsLetterOrDigit)])).Where(name => name.Length >= ShortestName).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool IsOf(Reference reference, List<string> names) =>
        reference.Url.IdnHost.Split('.').SkipLast(1).Any(part => names.Exists(name => part.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
