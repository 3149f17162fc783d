using Kwid.Core.Model;

namespace Kwid.Core.Reading;

/// <summary>Links of Atom, which RSS feeds use too (RFC 4287 §4.2.7).</summary>
internal static class FeedLinks
{
    private const string Registry = "http://www.iana.org/assignments/relation/";

    /// <summary>The link; null for one without an address. Some write the address as text.</summary>
    public static RawLink? Read(FeedElement element, XmlBase bases)
    {
        if ((element.Find("href") ?? ElementMarkup.Text(element)) is not { } address) return null;
        var relation = (element.Find("rel") ?? "alternate").Trim();
        if (relation.StartsWith(Registry, StringComparison.OrdinalIgnoreCase)) relation = relation[Registry.Length..];
        return new RawLink(bases.Reference(element, address.Trim()), relation)
        {
            Type = element.Find("type"),
            Title = element.Find("title"),
            Language = element.Find("hreflang"),
            Length = element.Find("length"),
        };
    }

    /// <summary>The alternate that is a page, else any alternate.</summary>
    public static string? FindPermalink(IReadOnlyList<RawLink> links) =>
        (links.FirstOrDefault(link => link.Relation == "alternate" && IsPage(link)) ?? links.FirstOrDefault(link => link.Relation == "alternate"))?.Address;

    private static bool IsPage(RawLink link) => link.Type is null || link.Type.Contains("html", StringComparison.OrdinalIgnoreCase);
}
