using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Which of the documents that an advisory names its reader wants first.</summary>
internal static class BestPages
{
    private const int ShortestName = 3;

    /// <summary>The first page on a vendor's own host; null when none is one for sure.</summary>
    public static Reference? OfVendor(Entry entry)
    {
        var names = Names(entry);
        return entry.References.FirstOrDefault(reference => IsOf(reference, names));
    }

    /// <summary>Vendors' pages first, the entry's own page not at all.</summary>
    public static IReadOnlyList<Reference> InOrder(Entry entry)
    {
        var names = Names(entry);
        return [.. entry.References.Where(reference => reference.Url != entry.Permalink).DistinctBy(reference => reference.Url).OrderBy(reference => !IsOf(reference, names))];
    }

    private static List<string> Names(Entry entry) =>
        [.. entry.Products.Where(product => product.Status is not ProductStatus.NotAffected).Select(product => product.Vendor).OfType<string>()
            .Select(vendor => new string([.. vendor.TakeWhile(char.IsLetterOrDigit)])).Where(name => name.Length >= ShortestName).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool IsOf(Reference reference, List<string> names) =>
        reference.Url.IdnHost.Split('.').SkipLast(1).Any(part => names.Exists(name => part.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
