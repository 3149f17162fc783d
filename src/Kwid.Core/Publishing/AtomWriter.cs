using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;

namespace Kwid.Core.Publishing;

/// <summary>Writes Atom 1.0 (RFC 4287): entries by the item formatter of System.ServiceModel.Syndication, the frame by hand, since that writer has no archive links.</summary>
internal sealed class AtomWriter : IFeedWriter
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string History = "http://purl.org/syndication/history/1.0";

    internal static XmlWriterSettings Settings { get; } = new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <inheritdoc/>
    public Fragment WriteEntry(SyndicationItem item)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings)) new Atom10ItemFormatter(item).WriteTo(xml);
        stream.WriteByte((byte)'\n');
        return new Fragment(stream.ToArray());
    }

    /// <inheritdoc/>
    public Fragment WriteFrame(FeedFrame frame)
    {
        using var stream = new MemoryStream();
        stream.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"u8);
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", ns: null, "de");
            WriteHead(xml, frame);
            xml.WriteString("\n" + Holes.Entries);
            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
        return new Fragment(stream.ToArray());
    }

    private static void WriteHead(XmlWriter xml, FeedFrame frame)
    {
        xml.WriteElementString("id", Atom, frame.Id);
        xml.WriteElementString("title", Atom, frame.Title);
        xml.WriteElementString("subtitle", Atom, frame.Subtitle);
        xml.WriteElementString("updated", Atom, frame.Updated.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, frame.Author);
        xml.WriteEndElement();
        xml.WriteElementString("generator", Atom, "Kwid");
        WriteLink(xml, "self", frame.Self, "application/atom+xml");
        WriteLink(xml, "alternate", frame.Page, "text/html");
        if (frame.Current is { } current)
        {
            WriteLink(xml, "current", current, "application/atom+xml");
            xml.WriteStartElement("fh", "archive", History);
            xml.WriteEndElement();
        }

        if (frame.Previous is { } previous) WriteLink(xml, "prev-archive", previous, "application/atom+xml");
    }

    private static void WriteLink(XmlWriter xml, string rel, string href, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }
}
