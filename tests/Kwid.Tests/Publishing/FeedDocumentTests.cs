using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Publishing;

/// <summary>What published documents look like to strict readers.</summary>
public class FeedDocumentTests
{
    // With an Arabic ligature, whose first two bytes in UTF-8 are those of the holes.
    private const string Nasty = "\uFDF2 \uFDD0\uFDD1\uFDD2 Ümläute & <Tags> \"Zitate\" 'einfach' ]]> €";

    [Theory]
    [InlineData("05315000.atom")]
    [InlineData("05315000.rss")]
    public async Task SyndicationFeed_loads_every_document_and_every_getter_is_readable(string path)
    {
        await using var shop = await FilledAsync();

        using var xml = XmlReader.Create(new StringReader(shop.Feed(path)));
        var feed = SyndicationFeed.Load(xml);

        Assert.Equal(3, feed.Items.Count());
        Assert.NotEqual(default, feed.LastUpdatedTime);
        foreach (var item in feed.Items)
        {
            Assert.StartsWith("tag:kwid.test,2026:05315000/", item.Id, StringComparison.Ordinal);
            Assert.NotEqual(default, item.PublishDate);
            Assert.NotEmpty(item.Title.Text);
            Assert.NotEmpty(item.Summary.Text);
            _ = (item.LastUpdatedTime, item.BaseUri, item.Links.Select(link => link.GetAbsoluteUri()).ToList(), item.Authors.ToList(), item.Categories.ToList());
        }
    }

    [Fact]
    public async Task RSS_dates_are_GMT_guids_are_no_permalinks_and_nothing_competes_with_title_and_date()
    {
        await using var shop = await FilledAsync();

        var rss = shop.Feed("05315000.rss");

        Assert.Contains("<pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate>", rss, StringComparison.Ordinal);
        Assert.Contains("<guid isPermaLink=\"false\">tag:kwid.test,2026:05315000/", rss, StringComparison.Ordinal);
        Assert.Contains("<ttl>15</ttl>", rss, StringComparison.Ordinal);
        Assert.DoesNotContain("dc:title", rss, StringComparison.Ordinal);
        Assert.DoesNotContain("dc:date", rss, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_XML_cannot_carry_and_what_marks_holes_is_left_out_and_the_rest_stays()
    {
        await using var shop = await FilledAsync();

        Assert.Contains("\uFDF2", shop.Feed(), StringComparison.Ordinal);
        Assert.Equal("ab\U0001F600c", Holes.Clean("a\uFDD0b\u0008\uD800\U0001F600\uFFFFc"));
    }

    [Fact]
    public async Task Atom_and_RSS_carry_the_same_ids()
    {
        await using var shop = await FilledAsync();

        Assert.Equal(Ids(shop.Feed("05315000.atom")), Ids(shop.Feed("05315000.rss")));
        Assert.NotEqual(Ids(shop.Feed("05315000.atom")), Ids(shop.Feed("alle.atom")));
    }

    [Fact]
    public async Task No_document_has_a_byte_order_mark_a_DTD_or_an_open_hole()
    {
        await using var shop = await FilledAsync();

        foreach (var path in (string[])["05315000.atom", "05315000.rss"])
        {
            Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", shop.Feed(path), StringComparison.Ordinal);
            Assert.DoesNotContain("<!DOCTYPE", shop.Feed(path), StringComparison.Ordinal);
            Assert.DoesNotContain(shop.Feed(path), c => c is >= '\uFDD0' and <= '\uFDD2');
        }
    }

    [Fact]
    public async Task Compressed_bodies_hold_the_same_bytes()
    {
        await using var shop = await FilledAsync();
        var document = shop.Document();

        var gzip = new StreamReader(new System.IO.Compression.GZipStream(new MemoryStream(document.Compressed("gzip").ToArray()), System.IO.Compression.CompressionMode.Decompress), Encoding.UTF8);
        var brotli = new StreamReader(new System.IO.Compression.BrotliStream(new MemoryStream(document.Compressed("br").ToArray()), System.IO.Compression.CompressionMode.Decompress), Encoding.UTF8);

        Assert.Equal(shop.Feed(), await gzip.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(shop.Feed(), await brotli.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Brotli_is_made_only_for_what_is_asked_again()
    {
        await using var shop = await FilledAsync();
        var document = shop.Document();

        Assert.Equal("gzip", document.Choose(acceptsGzip: true, acceptsBrotli: true));
        document.Compressed("gzip");
        Assert.Equal("br", document.Choose(acceptsGzip: true, acceptsBrotli: true));
        Assert.Null(document.Choose(acceptsGzip: false, acceptsBrotli: false));
    }

    [Theory]
    [InlineData("Kurz", "[KRITISCH] Kurz")]
    [InlineData("Ein sehr langer Titel über ein Produkt mit vielen Namen und noch mehr Wirkungen, der nie enden will", "[KRITISCH] Ein sehr langer Titel über ein Produkt mit vielen Namen und noch mehr…")]
    public void Titles_are_cut_at_a_word(string title, string shown)
    {
        var entry = Make.Entry(title: title, severity: Severity.Critical);

        Assert.Equal(shown, EntryTitle.Compose(entry, []));
        Assert.True(EntryTitle.Compose(entry, []).Length <= EntryTitle.MaxLength);
    }

    private static async Task<Workshop> FilledAsync()
    {
        var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "kritisch", 2), (3, "niedrig", 3)).Replace("Libfoo 2", System.Net.WebUtility.HtmlEncode(Nasty), StringComparison.Ordinal));
        return shop;
    }

    private static List<string> Ids(string feed)
    {
        using var xml = XmlReader.Create(new StringReader(feed));
        return [.. SyndicationFeed.Load(xml).Items.Select(item => item.Id)];
    }
}
