using System.Xml.Linq;

namespace Kwid.Core.Reading;

/// <summary>An Atom link (RFC 4287 §4.2.7).</summary>
/// <param name="Relation">alternate when absent; IANA's prefix removed.</param>
/// <param name="IsPage">Whether its type is HTML or not given.</param>
/// <param name="Type">Media type as written; null when not given.</param>
/// <param name="Length">In bytes, as written; null when not given.</param>
internal sealed record AtomLink(string Address, string Relation, bool IsPage, string? Type, string? Length)
{
    private const string Registry = "http://www.iana.org/assignments/relation/";

    /// <summary>Whether it leads to something besides the entry's own page.</summary>
    public bool IsFurther => Relation is "enclosure" or "related" or "via";

    /// <summary>Null for a link without an address.</summary>
    public static AtomLink? Read(XElement element, XmlBase bases)
    {
        if ((Vocabulary.FindAttribute(element, "href") ?? ElementMarkup.Text(element)) is not { } address) return null;
        var relation = (Vocabulary.FindAttribute(element, "rel") ?? "alternate").Trim();
        if (relation.StartsWith(Registry, StringComparison.OrdinalIgnoreCase)) relation = relation[Registry.Length..];
        var type = Vocabulary.FindAttribute(element, "type") ?? "text/html";
        return new AtomLink(bases.Reference(element, address.Trim()), relation, type.Contains("html", StringComparison.OrdinalIgnoreCase), Vocabulary.FindAttribute(element, "type"), Vocabulary.FindAttribute(element, "length"));
    }

    /// <summary>The alternate that is a page, else any alternate.</summary>
    public static string? FindPermalink(IReadOnlyList<AtomLink> links) =>
        (links.FirstOrDefault(link => link is { Relation: "alternate", IsPage: true }) ?? links.FirstOrDefault(link => link.Relation == "alternate"))?.Address;
}
