using System.IO.Compression;
using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Sources;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Kwid.Tests.Sources;

public sealed class ConditionalGetTests : IDisposable
{
    private readonly WireMockServer _upstream = WireMockServer.Start();
    private readonly HttpFetcher _fetcher = Upstream.Fetcher();

    private Uri Url => new(_upstream.Url + "/feed");

    public void Dispose()
    {
        _fetcher.Dispose();
        _upstream.Dispose();
    }

    [Fact]
    public async Task A_document_comes_with_its_bytes_its_address_and_its_headers()
    {
        Answer(Response.Create().WithStatusCode(200).WithBody("<rss/>")
            .WithHeader("Content-Type", "application/rss+xml; charset=utf-8").WithHeader("Content-Location", "/feed.de.xml")
            .WithHeader("ETag", "W/\"a b\"").WithHeader("Last-Modified", "Sun, 01 Mar 2026 08:00:00 GMT"));

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _fetcher.AskAsync(Url));

        Assert.Equal("<rss/>", Encoding.UTF8.GetString(fetched.Document.Body.Span));
        Assert.Equal(Url, fetched.Document.Address);
        Assert.Equal("application/rss+xml; charset=utf-8", fetched.Document.ContentType);
        Assert.Equal(new Uri(Url, "/feed.de.xml"), fetched.Document.ContentLocation);
        Assert.Equal(new Validators("W/\"a b\"", "Sun, 01 Mar 2026 08:00:00 GMT"), fetched.Validators);
    }

    [Fact]
    public async Task Without_validators_the_request_is_unconditional_and_says_who_we_are()
    {
        Answer(Response.Create().WithStatusCode(200));

        await _fetcher.AskAsync(Url);

        var headers = _upstream.LogEntries.Single().RequestMessage!.Headers!;
        Assert.Equal("Kwid/0.1.0 (+https://kwid.example)", headers["User-Agent"].Single());
        Assert.Contains("application/atom+xml", headers["Accept"].Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("If-None-Match", headers.Keys);
        Assert.DoesNotContain("If-Modified-Since", headers.Keys);
    }

    [Fact]
    public async Task A_page_is_asked_for_as_a_browser_does_or_some_servers_answer_with_json()
    {
        Answer(Response.Create().WithStatusCode(200));
        var request = Upstream.Request(Url);

        await _fetcher.FetchAsync(request with { Source = request.Source with { Kind = SourceKind.Page } }, TestContext.Current.CancellationToken);

        Assert.StartsWith("text/html", string.Join(", ", _upstream.LogEntries.Single().RequestMessage!.Headers!["Accept"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_may_insist_on_a_User_Agent_of_its_own()
    {
        Answer(Response.Create().WithStatusCode(200));
        var request = Upstream.Request(Url);

        await _fetcher.FetchAsync(request with { Source = request.Source with { UserAgent = "Mozilla/5.0 (odd (one)" } }, TestContext.Current.CancellationToken);

        Assert.Equal("Mozilla/5.0 (odd (one)", _upstream.LogEntries.Single().RequestMessage!.Headers!["User-Agent"].Single());
    }

    [Theory]
    [InlineData("\"abc\"", "Sun, 01 Mar 2026 08:00:00 GMT")]
    [InlineData("W/\"abc\"", null)]
    [InlineData("unquoted", "yesterday at noon")]
    [InlineData("\"a\", \"b\"", "2026-03-01T08:00:00+01:00")]
    [InlineData("\"größe\"", null)]
    public async Task Validators_go_back_byte_for_byte_however_odd(string tag, string? date)
    {
        var modified = date is null ? "" : $"Last-Modified: {date}\r\n";
        await using var server = new RawServer(RawServer.Always($"HTTP/1.1 200 OK\r\nETag: {tag}\r\n{modified}Content-Length: 0\r\nConnection: close\r\n\r\n"));

        var first = Assert.IsType<FetchOutcome.Fetched>(await _fetcher.AskAsync(server.Url));
        await _fetcher.AskAsync(server.Url, first.Validators);

        Assert.Contains($"\r\nIf-None-Match: {tag}\r\n", server.Heads[1], StringComparison.Ordinal);
        if (date is null) Assert.DoesNotContain("If-Modified-Since", server.Heads[1], StringComparison.Ordinal);
        else Assert.Contains($"\r\nIf-Modified-Since: {date}\r\n", server.Heads[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cache-Control: max-age=1200", 20.0)]
    [InlineData("Cache-Control: public, max-age=1200\r\nAge: 300", 15.0)]
    [InlineData("Date: Sun, 01 Mar 2026 08:00:00 GMT\r\nExpires: Sun, 01 Mar 2026 10:00:00 GMT", 120.0)]
    [InlineData("Expires: 0", null)]
    [InlineData("Cache-Control: no-cache, max-age=1200", null)]
    [InlineData("Cache-Control: max-age=forever", null)]
    [InlineData("X-Nothing: 1", null)]
    public async Task How_long_an_answer_stays_fresh_is_passed_on(string headers, double? minutes)
    {
        await using var server = new RawServer(RawServer.Always($"HTTP/1.1 200 OK\r\n{headers}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

        var outcome = await _fetcher.AskAsync(server.Url);

        Assert.Equal(minutes, outcome.Freshness?.TotalMinutes);
    }

    [Fact]
    public async Task A_304_renews_what_it_carries_and_keeps_the_rest()
    {
        Answer(Response.Create().WithStatusCode(304).WithHeader("Last-Modified", "Mon, 02 Mar 2026 08:00:00 GMT"));

        var outcome = await _fetcher.AskAsync(Url, new Validators("\"old\"", "Sun, 01 Mar 2026 08:00:00 GMT"));

        Assert.Equal(new Validators("\"old\"", "Mon, 02 Mar 2026 08:00:00 GMT"), Assert.IsType<FetchOutcome.NotModified>(outcome).Validators);
    }

    [Fact]
    public async Task A_304_with_a_new_tag_renews_the_tag()
    {
        Answer(Response.Create().WithStatusCode(304).WithHeader("ETag", "\"new\""));

        var outcome = await _fetcher.AskAsync(Url, new Validators("\"old\"", null));

        Assert.Equal(new Validators("\"new\"", null), Assert.IsType<FetchOutcome.NotModified>(outcome).Validators);
        Assert.NotNull(outcome.ServerDate);
    }

    [Fact]
    public async Task A_304_that_nobody_asked_for_is_a_failure_for_there_is_no_document()
    {
        Answer(Response.Create().WithStatusCode(304));

        var failed = await _fetcher.FailAsync(Url);

        Assert.Equal(304, failed.Status);
        Assert.Contains("was not asked conditionally", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Content_coding_is_removed(string coding)
    {
        Answer(Response.Create().WithStatusCode(200).WithHeader("Content-Encoding", coding).WithBody(Compress(coding, "<rss/>")));

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _fetcher.AskAsync(Url));

        Assert.Equal("<rss/>", Encoding.UTF8.GetString(fetched.Document.Body.Span));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Damaged_content_coding_is_told_as_such(string coding)
    {
        Answer(Response.Create().WithStatusCode(200).WithHeader("Content-Encoding", coding).WithBody(Encoding.UTF8.GetBytes("this was never compressed at all")));

        var failed = await _fetcher.FailAsync(Url);

        Assert.Contains("compression is damaged", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_of_zeroes_ends_at_the_limit()
    {
        using var fetcher = Upstream.Fetcher(limits: Upstream.NoWaiting with { MaxBodyBytes = 100_000 });
        Answer(Response.Create().WithStatusCode(200).WithHeader("Content-Encoding", "gzip").WithBody(Compress("gzip", new string('0', 5_000_000))));

        var failed = await fetcher.FailAsync(Url);

        Assert.Contains("more than 100000 bytes", failed.Reason, StringComparison.Ordinal);
    }

    private static byte[] Compress(string coding, string text)
    {
        using var bytes = new MemoryStream();
        using (Stream packed = coding switch
        {
            "gzip" => new GZipStream(bytes, CompressionLevel.Fastest),
            "br" => new BrotliStream(bytes, CompressionLevel.Fastest),
            _ => new ZLibStream(bytes, CompressionLevel.Fastest),
        }) packed.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private void Answer(IResponseBuilder response) => _upstream.Given(Request.Create().WithPath("/feed").UsingGet()).RespondWith(response);
}
