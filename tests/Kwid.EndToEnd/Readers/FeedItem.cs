using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Kwid.EndToEnd.Readers;

/// <summary>An item of an RSS 2.0 or Atom 1.0 document, as readers see it before any rule of their own.</summary>
internal sealed record FeedItem(string Id, string? Link, string Title, string Content, DateTimeOffset? Published, DateTimeOffset? Updated, string? DcTitle, DateTimeOffset? DcDate)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace ContentModule = "http://purl.org/rss/1.0/modules/content/";

    /// <summary>All items in the document's order.</summary>
    /// <exception cref="XmlException">Not well-formed, or neither RSS nor Atom.</exception>
    public static IReadOnlyList<FeedItem> ReadAll(byte[] document, out TimeSpan? ttl)
    {
        using var stream = new MemoryStream(document);
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var root = XDocument.Load(xml).Root!;
        ttl = int.TryParse((string?)root.Element("channel")?.Element("ttl"), CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes) : null;
        return root.Name.LocalName switch
        {
            "rss" => [.. root.Descendants("item").Select(OfRss)],
            "feed" when root.Name.Namespace == Atom => [.. root.Elements(Atom + "entry").Select(OfAtom)],
            var other => throw new XmlException($"<{other}> is no feed."),
        };
    }

    private static FeedItem OfRss(XElement item)
    {
        var link = (string?)item.Element("link");
        var title = (string?)item.Element("title") ?? "";
        return new FeedItem(
            (string?)item.Element("guid") ?? link ?? title,
            link,
            title,
            (string?)item.Element(ContentModule + "encoded") ?? (string?)item.Element("description") ?? "",
            Date(item.Element("pubDate")),
            Updated: null,
            (string?)item.Element(Dc + "title"),
            Date(item.Element(Dc + "date")));
    }

    private static FeedItem OfAtom(XElement entry) => new(
        (string?)entry.Element(Atom + "id") ?? "",
        (string?)entry.Elements(Atom + "link").FirstOrDefault(link => (string?)link.Attribute("rel") is null or "alternate")?.Attribute("href"),
        (string?)entry.Element(Atom + "title") ?? "",
        (string?)entry.Element(Atom + "content") ?? (string?)entry.Element(Atom + "summary") ?? "",
        Date(entry.Element(Atom + "published")),
        Date(entry.Element(Atom + "updated")),
        (string?)entry.Element(Dc + "title"),
        Date(entry.Element(Dc + "date")));

    private static DateTimeOffset? Date(XElement? element) =>
        DateTimeOffset.TryParse((string?)element, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
