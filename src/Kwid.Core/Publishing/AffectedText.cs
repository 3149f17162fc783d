using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>Which products an advisory speaks of, and what it says of each.</summary>
internal static class AffectedText
{
    /// <summary>Some vendors list thousands; their own page has them all.</summary>
    public const int Most = 10;

    /// <summary>The section; nothing where the source names no product.</summary>
    public static void AppendTo(HtmlText html, Entry entry)
    {
        List<string> lines = [.. ProductGroup.Of(entry.Products).Select(Line)];
        if (lines.Count > 0) html.Heading("Bin ich betroffen?").List(HtmlText.Bounded(lines, Most));
    }

    private static string Line(ProductGroup product) => $"<strong>{Encode(product.Name)}</strong>: {Encode(string.Join("; ", Parts(product)))}";

    private static IEnumerable<string> Parts(ProductGroup product)
    {
        if (product.Statuses.Contains(ProductStatus.Affected)) yield return $"betroffen {ProductGroup.Words(product.Affected)}".TrimEnd();
        if (product.Fixed.Count > 0) yield return $"behoben in {ProductGroup.Words(product.Fixed)}";
        else if (product.Statuses.SetEquals([ProductStatus.Fixed])) yield return "behoben";
        if (product.Statuses.SetEquals([ProductStatus.NotAffected])) yield return "nicht betroffen";
        else if (product.NotAffected.Count > 0) yield return $"nicht betroffen {ProductGroup.Words(product.NotAffected)}";
        if (product.Statuses.SetEquals([ProductStatus.Unknown])) yield return "noch nicht bekannt, ob betroffen";
    }
}
