using System.Globalization;
using System.Xml.Linq;

namespace Kwid.EndToEnd.Upstreams;

/// <summary>One advisory as the scripted upstream shows it, in the manner of CERT-Bund: id in the link, tokens in the title, no guid.</summary>
/// <param name="Number">Makes the id <c>WID-SEC-2026-NNNN</c>.</param>
/// <param name="Date">Of the state shown.</param>
/// <param name="Word">hoch, kritisch, …</param>
/// <param name="Text">Free text; a change of it alone is silent.</param>
internal sealed record UpstreamItem(int Number, DateTimeOffset Date, string Word = "mittel", string Text = "Erster Stand.")
{
    /// <summary>The advisory's id.</summary>
    public string Id => IdOf(Number);

    /// <summary>The id that a number makes.</summary>
    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"WID-SEC-2026-{number:0000}");

    /// <summary>A feed of the items, newest first.</summary>
    public static string Write(IEnumerable<UpstreamItem> items) => new XDocument(
        new XElement("rss", new XAttribute("version", "2.0"), new XElement("channel",
            new XElement("title", "Erfundene Meldungen"),
            new XElement("link", "https://wid.cert-bund.de/"),
            new XElement("description", "Zum Prüfen erfunden."),
            items.OrderByDescending(item => item.Date).Select(item => item.Write())))).ToString();

    private XElement Write() => new(
        "item",
        new XElement("title", $"[NEU] [{Word}] Produkt {Number}: Mehrere Schwachstellen"),
        new XElement("link", $"https://wid.cert-bund.de/portal/wid/securityadvisory?name={Id}"),
        new XElement("description", Text),
        new XElement("category", Word),
        new XElement("pubDate", Date.ToString("R", CultureInfo.InvariantCulture)));
}
