using System.Globalization;

namespace Kwid.EndToEnd.Readers;

/// <summary>Tiny feeds for the readers' own tests.</summary>
internal static class Canned
{
    /// <summary>Where they are said to be.</summary>
    public static readonly Uri Feed = new("http://kwid.example/feeds/05315000.rss");

    /// <summary>An item; its date is the given minute of 2 March 2026, noon.</summary>
    public static string Item(string guid, int minute = 0, string title = "Titel", string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"<item><title>{title}</title><link>http://kwid.example/{title}</link><guid isPermaLink=\"false\">{guid}</guid><pubDate>Mon, 02 Mar 2026 12:{minute:00}:00 GMT</pubDate>{more}</item>");

    /// <summary>An RSS document of the items.</summary>
    public static string Rss(params string[] items) =>
        $"<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>t</title><ttl>15</ttl>{string.Concat(items)}</channel></rss>";
}
