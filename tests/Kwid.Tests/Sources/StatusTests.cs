using Kwid.Core.Sources;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Kwid.Tests.Sources;

public sealed class StatusTests : IDisposable
{
    private readonly WireMockServer _upstream = WireMockServer.Start();
    private readonly HttpFetcher _fetcher = Upstream.Fetcher();

    private Uri Url => new(_upstream.Url + "/feed");

    public void Dispose()
    {
        _fetcher.Dispose();
        _upstream.Dispose();
    }

    [Theory]
    [InlineData(204, "a document comes with 200")]
    [InlineData(300, "leads nowhere")]
    [InlineData(301, "leads nowhere")]
    [InlineData(400, "does not accept the request")]
    [InlineData(401, "wants credentials")]
    [InlineData(403, "userAgent")]
    [InlineData(404, "look for its new address")]
    [InlineData(410, "gone for good")]
    [InlineData(429, "longer interval")]
    [InlineData(500, "server is at fault")]
    [InlineData(503, "server is at fault")]
    public async Task Every_other_status_is_a_failure_that_says_what_to_do(int status, string cure)
    {
        Answer(Response.Create().WithStatusCode(status));

        var failed = await _fetcher.FailAsync(Url);

        Assert.Equal(status, failed.Status);
        Assert.StartsWith($"Source 'bsi-wid': {Url} answered {status} ", failed.Reason, StringComparison.Ordinal);
        Assert.Contains(cure, failed.Reason, StringComparison.Ordinal);
        Assert.Null(failed.RetryAfter);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Retry_After_in_seconds_is_handed_on(int status)
    {
        Answer(Response.Create().WithStatusCode(status).WithHeader("Retry-After", "120"));

        var failed = await _fetcher.FailAsync(Url);

        Assert.Equal(TimeSpan.FromMinutes(2), failed.RetryAfter);
        Assert.Contains("0.00:02:00", failed.Reason, StringComparison.Ordinal);
        Assert.Single(_upstream.LogEntries);
    }

    [Theory]
    [InlineData("Sun, 01 Mar 2026 09:00:00 GMT", 60)]
    [InlineData("Sun, 01 Mar 2026 07:00:00 GMT", 0)]
    public async Task Retry_After_as_a_date_is_measured_against_the_clock_of_the_server(string date, int minutes)
    {
        await using var server = new RawServer(RawServer.Always(
            $"HTTP/1.1 429 Too Many Requests\r\nDate: Sun, 01 Mar 2026 08:00:00 GMT\r\nRetry-After: {date}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

        var failed = await _fetcher.FailAsync(server.Url);

        Assert.Equal(TimeSpan.FromMinutes(minutes), failed.RetryAfter);
    }

    [Fact]
    public async Task Retry_After_that_cannot_be_read_is_as_if_it_were_not_there()
    {
        Answer(Response.Create().WithStatusCode(429).WithHeader("Retry-After", "soon"));

        var failed = await _fetcher.FailAsync(Url);

        Assert.Null(failed.RetryAfter);
    }

    [Theory]
    [InlineData(502, 2)]
    [InlineData(503, 2)]
    [InlineData(504, 2)]
    [InlineData(500, 1)]
    [InlineData(404, 1)]
    [InlineData(429, 1)]
    public async Task Only_a_gateway_that_may_recover_at_once_is_asked_a_second_time(int status, int requests)
    {
        Answer(Response.Create().WithStatusCode(status));

        await _fetcher.FailAsync(Url);

        Assert.Equal(requests, _upstream.LogEntries.Count);
    }

    [Fact]
    public async Task A_gateway_that_recovers_at_once_leaves_no_trace()
    {
        _upstream.Given(Request.Create().WithPath("/feed")).InScenario("s").WillSetStateTo("up").RespondWith(Response.Create().WithStatusCode(502));
        _upstream.Given(Request.Create().WithPath("/feed")).InScenario("s").WhenStateIs("up").RespondWith(Response.Create().WithStatusCode(200));

        var outcome = await _fetcher.AskAsync(Url);

        Assert.IsType<FetchOutcome.Fetched>(outcome);
    }

    [Fact]
    public async Task User_and_password_of_an_address_are_neither_told_nor_handed_on()
    {
        Answer(Response.Create().WithStatusCode(404));
        var secret = new UriBuilder(Url) { UserName = "operator", Password = "geheim" }.Uri;

        var failed = await _fetcher.FailAsync(secret);

        Assert.DoesNotContain("geheim", failed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("operator@", failed.Reason, StringComparison.Ordinal);
        Assert.Contains(Url.AbsoluteUri, failed.Reason, StringComparison.Ordinal);
    }

    private void Answer(IResponseBuilder response) => _upstream.Given(Request.Create().WithPath("/feed").UsingGet()).RespondWith(response);
}
