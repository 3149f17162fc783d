using System.Globalization;
using System.IO.Compression;
using System.Text;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

/// <summary>Compressed bodies: feeds, and what only looks like one.</summary>
public class PackedBodyTests
{
    [Theory]
    [InlineData("gzip", BodyMeter.MostOfDeflate)]
    [InlineData("deflate", BodyMeter.MostOfDeflate)]
    [InlineData("br", BodyMeter.MostOfBrotli)]
    public async Task A_bomb_ends_long_before_the_limit_of_a_body(string coding, int ratio)
    {
        await using var server = Server(coding, Pack(coding, new byte[12 * 1024 * 1024]));
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Contains($"over {ratio} times as many", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("the url of source 'bsi-wid'", failed.Reason, StringComparison.Ordinal);
        Assert.InRange(Assert.Single(failed.Exchanges).Bytes, BodyMeter.Harmless, 6 * 1024 * 1024);
    }

    [Theory]
    [InlineData("gzip", 400)]
    [InlineData("br", 400)]
    [InlineData("br", 3000)]
    public async Task A_feed_whose_entries_share_long_texts_word_for_word_is_no_bomb(string coding, int letters)
    {
        var feed = Repetitive(letters);
        var packed = Pack(coding, feed);
        await using var server = Server(coding, packed);
        using var fetcher = Upstream.Fetcher();

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await fetcher.AskAsync(server.Url));

        Assert.True(feed.Length > 2 * BodyMeter.Harmless, $"{feed.Length} bytes");
        Assert.True(feed.Length > 50 * packed.Length, $"only {feed.Length / packed.Length} to 1");
        Assert.Equal(feed, fetched.Document.Body.ToArray());
    }

    [Fact]
    public async Task What_is_small_may_be_packed_as_tightly_as_it_likes()
    {
        await using var server = Server("gzip", Pack("gzip", new byte[BodyMeter.Harmless]));
        using var fetcher = Upstream.Fetcher();

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await fetcher.AskAsync(server.Url));

        Assert.Equal(BodyMeter.Harmless, fetched.Document.Body.Length);
    }

    [Fact]
    public async Task A_long_body_that_is_not_packed_has_no_ratio()
    {
        await using var server = Server("identity", new byte[2 * BodyMeter.Harmless]);
        using var fetcher = Upstream.Fetcher();

        Assert.IsType<FetchOutcome.Fetched>(await fetcher.AskAsync(server.Url));
    }

    [Theory]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZip", "gzip")]
    [InlineData("deflate", "bare")]
    [InlineData("deflate", "deflate")]
    [InlineData("utf-8", "none")]
    public async Task Codings_are_read_as_servers_write_them(string written, string meant)
    {
        await using var server = Server(written, Pack(meant, "<rss/>"u8.ToArray()));
        using var fetcher = Upstream.Fetcher();

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await fetcher.AskAsync(server.Url));

        Assert.Equal("<rss/>", Encoding.UTF8.GetString(fetched.Document.Body.Span));
    }

    /// <summary>300 entries that differ in title, id and date alone, as some vendors write them.</summary>
    private static byte[] Repetitive(int words)
    {
        var random = new Random(1);
        var shared = string.Join(' ', Enumerable.Range(0, words).Select(_ => random.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture)));
        var feed = new StringBuilder("<rss><channel>");
        for (var entry = 0; feed.Length < 3 * BodyMeter.Harmless; entry++)
            feed.Append(CultureInfo.InvariantCulture, $"<item><title>Advisory {random.Next()}</title><guid>https://upstream.example/{entry}</guid><pubDate>Sun, 01 Mar 2026 08:{entry % 60:00}:00 GMT</pubDate><description>{shared}</description></item>");
        return Encoding.UTF8.GetBytes(feed.Append("</channel></rss>").ToString());
    }

    private static byte[] Pack(string coding, byte[] body)
    {
        if (coding is "none") return body;
        using var bytes = new MemoryStream();
        using (Stream packed = coding switch
        {
            "gzip" => new GZipStream(bytes, CompressionLevel.SmallestSize),
            "br" => new BrotliStream(bytes, CompressionLevel.Optimal),
            "bare" => new DeflateStream(bytes, CompressionLevel.SmallestSize),
            _ => new ZLibStream(bytes, CompressionLevel.SmallestSize),
        }) packed.Write(body);
        return bytes.ToArray();
    }

    private static RawServer Server(string coding, byte[] body) => new(async (socket, cancel) =>
    {
        await RawServer.SendAsync(socket, $"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n", cancel);
        for (var sent = 0; sent < body.Length;) sent += await socket.SendAsync(body.AsMemory(sent), cancel);
    });
}
