using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;

namespace Kwid.Demo;

/// <summary>Writes advisories as three upstreams would: a federal CERT and a state's as RSS 2.0, a vendor as Atom 1.0.</summary>
internal static class DemoDocuments
{
    /// <summary>Length of the RSS feed, as at CERT-Bund.</summary>
    public const int Window = 250;

    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string ContentModule = "http://purl.org/rss/1.0/modules/content/";

    /// <summary>In the manner of CERT-Bund WID: tokens in the title, the id in the link, no guid, an update is the same link with a new date.</summary>
    public static byte[] WriteWid(IReadOnlyList<DemoAdvisory> advisories) => WriteRss("WID-Vorführung (erfundene Meldungen)", Newest(advisories), (xml, advisory) =>
    {
        var tokens = $"[{(advisory.Revision == 1 ? "NEU" : "UPDATE")}] {(advisory.NoPatch ? "[UNGEPATCHT] " : "")}[{advisory.Word}]";
        xml.WriteElementString("title", $"{tokens} {advisory.Headline} (Vorführung)");
        xml.WriteElementString("link", $"https://wid.example/portal/wid/securityadvisory?name={advisory.WidId}");
        xml.WriteElementString("description", advisory.Summary);
        xml.WriteElementString("category", advisory.Word);
        xml.WriteElementString("pubDate", Rfc822(advisory.Updated));
    });

    /// <summary>A state's CERT that comments on every fifth matter: guid, full text in <c>content:encoded</c>.</summary>
    public static byte[] WriteStateCert(IReadOnlyList<DemoAdvisory> advisories) =>
        WriteRss("Landes-CERT-Vorführung (erfundene Meldungen)", Newest(advisories.Where(advisory => advisory.Number % 5 == 0)), (xml, advisory) =>
        {
            xml.WriteElementString("title", $"Hinweis zu {advisory.Headline} (Vorführung)");
            xml.WriteElementString("link", Invariant($"https://landes-cert.example/hinweise/{advisory.Number}"));
            xml.WriteStartElement("guid");
            xml.WriteAttributeString("isPermaLink", "false");
            xml.WriteString(Invariant($"urn:landes-cert.example:2099-{advisory.Number}"));
            xml.WriteEndElement();
            xml.WriteElementString("description", advisory.Summary);
            xml.WriteElementString("encoded", ContentModule, Html(advisory) + $"<p>Siehe auch {advisory.WidId}.</p>");
            xml.WriteElementString("category", advisory.Word);
            xml.WriteElementString("pubDate", Rfc822(advisory.Updated));
        });

    /// <summary>The advisories of the one vendor that publishes its own: Atom with HTML content and CVE ids.</summary>
    public static byte[] WriteVendor(IReadOnlyList<DemoAdvisory> advisories, DateTimeOffset updated)
    {
        var own = Newest(advisories.Where(advisory => advisory.Product.Vendor == DemoVocabulary.VendorWithFeed));
        return Write(xml =>
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, "de");
            WriteAtom(xml, "tag:beispielwerke.example,2099:psirt", "Beispielwerke PSIRT (erfundene Meldungen)", updated);
            foreach (var advisory in own)
            {
                xml.WriteStartElement("entry", Atom);
                WriteAtom(xml, Invariant($"tag:beispielwerke.example,2099:psirt/{advisory.Number}"), $"{advisory.Headline} (Vorführung)", advisory.Updated);
                xml.WriteElementString("published", Atom, Rfc3339(advisory.Published));
                xml.WriteStartElement("link", Atom);
                xml.WriteAttributeString("href", Invariant($"https://beispielwerke.example/psirt/{advisory.Number}"));
                xml.WriteEndElement();
                xml.WriteStartElement("content", Atom);
                xml.WriteAttributeString("type", "html");
                xml.WriteString(Html(advisory));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
        });
    }

    private static byte[] WriteRss(string title, IEnumerable<DemoAdvisory> advisories, Action<XmlWriter, DemoAdvisory> writeItem) => Write(xml =>
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "content", null, ContentModule);
        xml.WriteStartElement("channel");
        xml.WriteElementString("title", title);
        xml.WriteElementString("link", "https://kwid.example/");
        xml.WriteElementString("description", "Nichts davon ist wahr: Diese Meldungen sind zur Vorführung erfunden.");
        xml.WriteElementString("language", "de-DE");
        foreach (var advisory in advisories)
        {
            xml.WriteStartElement("item");
            writeItem(xml, advisory);
            xml.WriteEndElement();
        }
    });

    private static void WriteAtom(XmlWriter xml, string id, string title, DateTimeOffset updated)
    {
        xml.WriteElementString("id", Atom, id);
        xml.WriteElementString("title", Atom, title);
        xml.WriteElementString("updated", Atom, Rfc3339(updated));
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, "Beispielwerke PSIRT");
        xml.WriteEndElement();
    }

    private static byte[] Write(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
            write(xml);   // closing the writer closes what is open
        return bytes.ToArray();
    }

    private static string Html(DemoAdvisory advisory)
    {
        string cure = advisory.NoPatch
            ? "<p>Ein Update gibt es noch nicht.</p>"
            : $"<p>Betroffen: {Encode(advisory.Product.Name)} vor {advisory.FixedIn}. Aktualisieren Sie auf {advisory.FixedIn} oder neuer.</p>";
        return $"<p>{Encode(advisory.Summary)}</p><p>Schweregrad: {advisory.Word}</p>{cure}<ul>{string.Concat(advisory.Cves.Select(cve => $"<li>{cve}</li>"))}</ul>";
    }

    private static IEnumerable<DemoAdvisory> Newest(IEnumerable<DemoAdvisory> advisories) =>
        advisories.OrderByDescending(advisory => advisory.Updated).ThenByDescending(advisory => advisory.Number).Take(Window);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Rfc822(DateTimeOffset instant) => instant.ToString("R", CultureInfo.InvariantCulture);

    private static string Rfc3339(DateTimeOffset instant) => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
