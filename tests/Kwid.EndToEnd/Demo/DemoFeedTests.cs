using System.IO.Compression;
using System.Net;

namespace Kwid.EndToEnd.Demo;

[Collection(DemoGroup.Name)]
public class DemoFeedTests(DemoFixture demo)
{
    private const int Tries = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>15 seconds are promised; a machine that runs all suites at once gets four times as long.</summary>
    [Fact]
    public void Both_feeds_have_entries_soon_after_the_start() => Assert.InRange(demo.UntilEntries, TimeSpan.Zero, TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Feeds_change_while_it_runs()
    {
        var before = await demo.AskAsync("05315000.atom");

        await Wait.UntilAsync(async () => (await demo.AskAsync("05315000.atom"))["ETag"] != before["ETag"], "another version of the feed", Limit, TestContext.Current.CancellationToken);
        var after = await demo.AskAsync("05315000.atom");

        Assert.NotEqual(before.Text, after.Text);
        Assert.True(Modified(after) > Modified(before), $"{before["Last-Modified"]} is followed by {after["Last-Modified"]}");
    }

    [Theory]
    [InlineData("ETag", "If-None-Match")]
    [InlineData("Last-Modified", "If-Modified-Since")]
    public async Task A_validator_sent_back_brings_304(string validator, string condition)
    {
        for (var i = 0; i < Tries; i++)
        {
            var first = await demo.AskAsync("05315000.atom");
            var second = await demo.AskAsync("05315000.atom", headers: (condition, first[validator]!));
            if (second["ETag"] != first["ETag"]) continue; // an edition came in between

            Assert.Equal(HttpStatusCode.NotModified, second.Status);
            Assert.Empty(second.Body);
            Assert.All(["ETag", "Vary", "Cache-Control", "Last-Modified"], header => Assert.Equal(first[header], second[header]));
            return;
        }

        Assert.Fail($"the feed changed between two requests {Tries} times");
    }

    [Fact]
    public async Task An_outdated_etag_brings_the_feed_even_with_a_date_that_holds()
    {
        var first = await demo.AskAsync("05314000.rss");

        var second = await demo.AskAsync("05314000.rss", headers: [("If-None-Match", "\"0-0\""), ("If-Modified-Since", first["Last-Modified"]!)]);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.NotEmpty(second.Body);
    }

    [Theory]
    [InlineData("05315000.atom")]
    [InlineData("05314000.rss")]
    public async Task Head_has_the_headers_of_get_and_no_body(string file)
    {
        for (var i = 0; i < Tries; i++)
        {
            var get = await demo.AskAsync(file);
            var head = await demo.AskAsync(file, HttpMethod.Head);
            if (head["ETag"] != get["ETag"]) continue;

            Assert.Equal(HttpStatusCode.OK, head.Status);
            Assert.Empty(head.Body);
            Assert.Equal(Without("Date", get), Without("Date", head));
            return;
        }

        Assert.Fail($"the feed changed between two requests {Tries} times");
    }

    [Fact]
    public async Task Compressed_bodies_are_the_same_document_under_etags_of_their_own()
    {
        for (var i = 0; i < Tries; i++)
        {
            var plain = await demo.AskAsync("05315000.atom");
            var gzip = await demo.AskAsync("05315000.atom", headers: ("Accept-Encoding", "gzip"));
            var brotli = await demo.AskAsync("05315000.atom", headers: ("Accept-Encoding", "br"));
            Raw[] all = [plain, gzip, brotli];
            if (all.DistinctBy(reply => reply["Last-Modified"]).Count() > 1) continue;

            Assert.Equal([null, "gzip", "br"], all.Select(reply => reply["Content-Encoding"]));
            Assert.Equal(3, all.DistinctBy(reply => reply["ETag"]).Count());
            Assert.All(all, reply => Assert.StartsWith("\"", reply["ETag"], StringComparison.Ordinal));
            Assert.All(all, reply => Assert.Equal("Accept-Encoding", reply["Vary"]));
            Assert.Equal(plain.Body, Unpack(new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress)));
            Assert.Equal(plain.Body, Unpack(new BrotliStream(new MemoryStream(brotli.Body), CompressionMode.Decompress)));
            Assert.True(gzip.Body.Length < plain.Body.Length / 2);
            return;
        }

        Assert.Fail($"the feed changed between three requests {Tries} times");
    }

    [Fact]
    public async Task Brotli_is_made_for_what_is_asked_again()
    {
        // A feed that no other test asks for in this format, another at each try.
        foreach (var key in new[] { "05111000", "05112000", "05113000", "05114000", "05116000" })
        {
            var first = await demo.AskAsync($"{key}.rss", headers: ("Accept-Encoding", "gzip, deflate, br"));
            var second = await demo.AskAsync($"{key}.rss", headers: ("Accept-Encoding", "gzip, deflate, br"));
            if (first["Last-Modified"] != second["Last-Modified"]) continue;

            Assert.Equal(["gzip", "br"], [first["Content-Encoding"], second["Content-Encoding"]]);
            return;
        }

        Assert.Fail("five feeds changed between two requests");
    }

    [Fact]
    public async Task An_unknown_feed_is_404_and_says_where_to_find_ones_own()
    {
        var unknown = await demo.AskAsync("09162000.atom");

        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Contains("/feeds/09162000.atom", unknown.Text, StringComparison.Ordinal);
        Assert.Contains(demo.Address.AbsoluteUri, unknown.Text, StringComparison.Ordinal);
    }

    private static DateTimeOffset Modified(Raw reply) => DateTimeOffset.Parse(reply["Last-Modified"]!, System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Without(string name, Raw reply) =>
        reply.Headers.Where(header => !header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static byte[] Unpack(Stream packed)
    {
        using var bytes = new MemoryStream();
        using (packed) packed.CopyTo(bytes);
        return bytes.ToArray();
    }
}
