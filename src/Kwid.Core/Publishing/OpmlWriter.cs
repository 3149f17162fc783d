using System.Globalization;
using System.Text;
using System.Xml;

namespace Kwid.Core.Publishing;

/// <summary>Writes a list of feeds (OPML 2.0, subscription list). It bears no date: the same feeds are the same bytes.</summary>
public static class OpmlWriter
{
    private static readonly StringComparer German = StringComparer.Create(CultureInfo.GetCultureInfo("de-DE"), ignoreCase: true);

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>The whole document.</summary>
    /// <param name="title">Of the list.</param>
    /// <param name="first">Stands above all others.</param>
    /// <param name="others">Each with the name of its group; groups and feeds are put in German order.</param>
    public static byte[] Write(string title, OpmlFeed first, IEnumerable<(string Group, OpmlFeed Feed)> others)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("head");
            xml.WriteElementString("title", Clean(title));
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            WriteFeed(xml, first);
            foreach (var group in others.GroupBy(other => other.Group, other => other.Feed, StringComparer.Ordinal).OrderBy(group => group.Key, German).ThenBy(group => group.Key, StringComparer.Ordinal))
                WriteGroup(xml, group.Key, group.OrderBy(feed => feed.Name, German).ThenBy(feed => feed.Address, StringComparer.Ordinal));
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteGroup(XmlWriter xml, string name, IEnumerable<OpmlFeed> feeds)
    {
        WriteOutline(xml, name);
        foreach (var feed in feeds) WriteFeed(xml, feed);
        xml.WriteEndElement();
    }

    private static void WriteFeed(XmlWriter xml, OpmlFeed feed)
    {
        WriteOutline(xml, feed.Name);
        xml.WriteAttributeString("type", "rss");   // whatever the format: readers know no other word for a feed
        xml.WriteAttributeString("xmlUrl", feed.Address);
        xml.WriteAttributeString("htmlUrl", feed.Page);
        xml.WriteEndElement();
    }

    private static void WriteOutline(XmlWriter xml, string name)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("text", Clean(name));
        xml.WriteAttributeString("title", Clean(name));
    }

    /// <summary>What XML can carry, composed (NFC), without controls of the writing direction, which make a name read otherwise than it is.</summary>
    private static string Clean(string text) => string.Concat(Holes.Clean(text).Where(c => !IsDirection(c))).Normalize();

    private static bool IsDirection(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
