using System.Globalization;
using System.ServiceModel.Syndication;
using System.Xml;

namespace Kwid.Core.Publishing;

/// <summary>
/// Writes RSS 2.0 by hand: the formatter of System.ServiceModel.Syndication writes dates with Z instead of GMT, no content:encoded, and a second
/// identity in an Atom namespace. No dc:title and no dc:date, which Miniflux would prefer to title and pubDate.
/// </summary>
internal sealed class RssWriter : IFeedWriter
{
    private const string Content = "http://purl.org/rss/1.0/modules/content/";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>Minutes that readers may keep the feed: short, since some slow down to what is announced (P8).</summary>
    private const string TimeToLive = "15";

    /// <inheritdoc/>
    public Fragment WriteEntry(SyndicationItem item)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, AtomWriter.Settings))
        {
            // Written below a root that declares the prefixes, then cut out: the frame declares them once for all items.
            WriteRoot(xml);
            xml.WriteString("\n");
            WriteItem(xml, item);
            xml.WriteEndElement();
        }

        var bytes = stream.ToArray().AsMemory();
        var start = bytes.Span.IndexOf("<item>"u8);
        var end = bytes.Span.LastIndexOf("</rss>"u8);
        var text = new byte[end - start + 1];
        bytes[start..end].CopyTo(text);
        text[^1] = (byte)'\n';
        return new Fragment(text);
    }

    /// <inheritdoc/>
    public Fragment WriteFrame(FeedFrame frame)
    {
        using var stream = new MemoryStream();
        stream.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"u8);
        using (var xml = XmlWriter.Create(stream, AtomWriter.Settings))
        {
            WriteRoot(xml);
            xml.WriteStartElement("channel");
            WriteHead(xml, frame);
            xml.WriteString("\n" + Holes.Entries);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
        return new Fragment(stream.ToArray());
    }

    private static void WriteRoot(XmlWriter xml)
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "atom", ns: null, Atom);
        xml.WriteAttributeString("xmlns", "content", ns: null, Content);
        xml.WriteAttributeString("xmlns", "dc", ns: null, DublinCore);
    }

    private static void WriteHead(XmlWriter xml, FeedFrame frame)
    {
        xml.WriteElementString("title", frame.Title);
        xml.WriteElementString("link", frame.Page);
        xml.WriteElementString("description", frame.Subtitle);
        xml.WriteElementString("language", "de-DE");
        xml.WriteElementString("lastBuildDate", Date(frame.Updated));
        xml.WriteElementString("generator", "Kwid");
        xml.WriteElementString("ttl", TimeToLive);
        xml.WriteStartElement("atom", "link", Atom);
        xml.WriteAttributeString("rel", "self");
        xml.WriteAttributeString("type", "application/rss+xml");
        xml.WriteAttributeString("href", frame.Self);
        xml.WriteEndElement();
    }

    private static void WriteItem(XmlWriter xml, SyndicationItem item)
    {
        xml.WriteStartElement("item");
        xml.WriteElementString("title", item.Title.Text);
        if (item.Links.FirstOrDefault(link => link.RelationshipType == "alternate") is { } page) xml.WriteElementString("link", page.Uri.AbsoluteUri);
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(item.Id);
        xml.WriteEndElement();
        xml.WriteElementString("pubDate", Date(item.PublishDate));
        xml.WriteElementString("dc", "creator", DublinCore, item.Authors[0].Name);
        foreach (var category in item.Categories)
        {
            xml.WriteStartElement("category");
            xml.WriteAttributeString("domain", category.Scheme);
            xml.WriteString(category.Name);
            xml.WriteEndElement();
        }

        // RSS descriptions are HTML: a plain "<" of the summary must stay one.
        xml.WriteElementString("description", System.Net.WebUtility.HtmlEncode(item.Summary.Text));
        xml.WriteElementString("content", "encoded", Content, ((TextSyndicationContent)item.Content).Text);
        xml.WriteEndElement();
    }

    /// <summary>RFC 822 with a four-digit year and GMT.</summary>
    private static string Date(DateTimeOffset instant) => instant.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
}
