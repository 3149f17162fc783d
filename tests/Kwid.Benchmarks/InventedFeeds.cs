using System.Globalization;
using System.Security;
using System.Text;

namespace Kwid.Benchmarks;

/// <summary>Feeds in the manner of advisory sources, RSS and Atom in turn; the same ones every time.</summary>
internal static class InventedFeeds
{
    private const string Sentence = "Ein entfernter, anonymer Angreifer kann diese Schwachstelle ausnutzen, um beliebigen Programmcode auszuführen. Betroffen sind alle Versionen vor der genannten; der Hersteller stellt Updates bereit. ";

    /// <summary>So many documents with so many entries each, as UTF-8.</summary>
    public static IReadOnlyList<byte[]> Make(int feeds, int entries) => [.. Enumerable.Range(0, feeds).Select(feed => Encoding.UTF8.GetBytes(feed % 2 == 0 ? Rss(feed, entries) : Atom(feed, entries)))];

    /// <summary>Body of one entry: HTML as sources write it.</summary>
    public static string Body(int number) =>
        $"<p>Muster-Server {number}</p><p>{Sentence}{Sentence}</p><ul><li><a href=\"https://www.example.org/cve/CVE-2026-{10000 + number}\">CVE-2026-{10000 + number}</a></li><li><strong>CVSS</strong> 8.{number % 10}</li></ul>";

    private static string Rss(int feed, int entries) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Feed {feed}</title><link>https://feed{feed}.example/</link><description>x</description>\n"
        + string.Concat(Enumerable.Range(0, entries).Select(i => $"<item><title>Muster-Server {i}: Codeausführung</title><link>https://feed{feed}.example/{i}</link><guid isPermaLink=\"false\">feed{feed}-{i}</guid><category>hoch</category><pubDate>{Day(i).ToString("R", CultureInfo.InvariantCulture)}</pubDate><description>{SecurityElement.Escape(Body(i))}</description></item>\n"))
        + "</channel></rss>\n";

    private static string Atom(int feed, int entries) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Feed {feed}</title><id>urn:feed:{feed}</id><updated>2026-03-01T00:00:00Z</updated>\n"
        + string.Concat(Enumerable.Range(0, entries).Select(i => $"<entry><title>Muster-Server {i}: Codeausführung</title><link href=\"https://feed{feed}.example/{i}\"/><id>urn:entry:{feed}-{i}</id><updated>{Day(i):yyyy-MM-dd'T'HH:mm:ss'Z'}</updated><author><name>CERT</name></author><summary>Codeausführung</summary><content type=\"html\">{SecurityElement.Escape(Body(i))}</content></entry>\n"))
        + "</feed>\n";

    private static DateTimeOffset Day(int i) => new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero).AddHours(-i);
}
