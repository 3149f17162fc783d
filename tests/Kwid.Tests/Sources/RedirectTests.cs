using Kwid.Core.Sources;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Kwid.Tests.Sources;

public sealed class RedirectTests : IDisposable
{
    private readonly WireMockServer _upstream = WireMockServer.Start();
    private readonly HttpFetcher _fetcher = Upstream.Fetcher();

    public void Dispose()
    {
        _fetcher.Dispose();
        _upstream.Dispose();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_followed_and_the_last_address_is_the_base_of_links(int status)
    {
        Redirect("/old", "sub/new?x=1#part", status);
        _upstream.Given(Request.Create().WithPath("/sub/new")).RespondWith(Response.Create().WithStatusCode(200).WithBody("<rss/>"));

        var fetched = Assert.IsType<FetchOutcome.Fetched>(await _fetcher.AskAsync(At("/old")));

        Assert.Equal(At("/sub/new?x=1"), fetched.Document.Address);
    }

    [Fact]
    public async Task A_failure_behind_a_redirect_names_both_addresses()
    {
        Redirect("/old", "/new");

        var failed = await _fetcher.FailAsync(At("/old"));

        Assert.Equal(404, failed.Status);
        Assert.Contains($"{At("/new")} (redirected from {At("/old")}) answered 404", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_redirects_is_a_failure_at_its_second_round()
    {
        Redirect("/a", "/b");
        Redirect("/b", "/a");

        var failed = await _fetcher.FailAsync(At("/a"));

        Assert.Equal(302, failed.Status);
        Assert.Contains($"in a circle, back to {At("/a")}", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(2, _upstream.LogEntries.Count);
    }

    [Fact]
    public async Task Ten_redirects_are_followed()
    {
        for (var step = 0; step < 10; step++) Redirect($"/{step}", $"/{step + 1}");
        _upstream.Given(Request.Create().WithPath("/10")).RespondWith(Response.Create().WithStatusCode(200));

        var outcome = await _fetcher.AskAsync(At("/0"));

        Assert.IsType<FetchOutcome.Fetched>(outcome);
    }

    [Fact]
    public async Task Eleven_redirects_are_not()
    {
        for (var step = 0; step < 11; step++) Redirect($"/{step}", $"/{step + 1}");

        var failed = await _fetcher.FailAsync(At("/0"));

        Assert.Contains("after 10 redirects already", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(11, _upstream.LogEntries.Count);
    }

    [Fact]
    public async Task A_redirect_out_of_the_web_is_refused()
    {
        Redirect("/feed", "file:///etc/passwd");

        var failed = await _fetcher.FailAsync(At("/feed"));

        Assert.Contains("redirects to file:, which is not the web", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_refused()
    {
        await using var server = new TlsServer("localhost", "HTTP/1.1 302 Found\r\nLocation: http://localhost:1/feed\r\nContent-Length: 0\r\n\r\n");
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost") with { CaFile = server.CaFile });

        var failed = await fetcher.FailAsync(server.Url);

        Assert.Equal(302, failed.Status);
        Assert.Contains("from https to unprotected http://localhost:1/feed, which is never followed", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_hop_passes_the_guard()
    {
        using var fetcher = Upstream.Fetcher(Upstream.Network("localhost"));
        Redirect("/feed", $"http://127.0.0.1:{_upstream.Port}/secret");

        var failed = await fetcher.FailAsync(At("/feed"));

        Assert.Contains("leads to 127.0.0.1, a loopback address", failed.Reason, StringComparison.Ordinal);
        Assert.Single(_upstream.LogEntries);
    }

    private Uri At(string path) => new(_upstream.Url + path);

    private void Redirect(string from, string to, int status = 302) =>
        _upstream.Given(Request.Create().WithPath(from)).RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", to));
}
