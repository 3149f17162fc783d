using System.Diagnostics;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources;

/// <summary>What a fetch tells of its way.</summary>
public class ExchangeTests
{
    [Fact]
    public async Task Redirects_and_retries_are_told_in_order_with_the_answer()
    {
        var answers = new Queue<string>([Answer("301 Moved", "Location: /b"), Answer("502 Bad Gateway"), Answer("200 OK", "ETag: \"1\"")]);
        await using var server = new RawServer((socket, cancel) => RawServer.SendAsync(socket, answers.Dequeue(), cancel));
        using var fetcher = Upstream.Fetcher();

        var outcome = await fetcher.AskAsync(server.Url);

        Assert.Equal(
            [(server.Url.AbsoluteUri, 301), (new Uri(server.Url, "/b").AbsoluteUri, 502), (new Uri(server.Url, "/b").AbsoluteUri, 200)],
            outcome.Exchanges.Select(exchange => (exchange.Address, exchange.Status!.Value)));
        Assert.Contains(new("ETag", "\"1\""), outcome.Exchanges[2].Response);
    }

    [Fact]
    public async Task A_request_that_nobody_answered_is_told_without_a_status()
    {
        using var fetcher = Upstream.Fetcher();

        var failed = await fetcher.FailAsync(new Uri("http://127.0.0.1:1/"));

        Assert.Equal([null, null], failed.Exchanges.Select(exchange => exchange.Status));
        Assert.All(failed.Exchanges, exchange => Assert.Contains(exchange.Request, header => header.Key == "User-Agent"));
    }

    [Fact]
    public async Task A_request_cut_off_by_the_limit_is_told_with_what_came_of_it()
    {
        await using var server = new RawServer(async (socket, cancel) =>
        {
            await RawServer.SendAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>", cancel);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        });
        using var fetcher = Upstream.Fetcher(limits: Upstream.NoWaiting with { Total = TimeSpan.FromMilliseconds(300) });

        var exchange = Assert.Single((await fetcher.FailAsync(server.Url)).Exchanges);

        Assert.Equal((200, 5L), (exchange.Status, exchange.Bytes));
        Assert.InRange(exchange.Elapsed, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Waiting_for_the_hosts_turn_counts_for_nobody()
    {
        var pacer = new HostPacer(TimeSpan.Zero, TimeProvider.System);
        await using var server = new RawServer(RawServer.Always(Answer("200 OK")));
        using var fetcher = new HttpFetcher(Upstream.Network("127.0.0.1"), Upstream.Polling(), TimeProvider.System, Upstream.NoWaiting, null, pacer);
        var turn = await pacer.EnterAsync("127.0.0.1", TestContext.Current.CancellationToken);
        var start = Stopwatch.GetTimestamp();

        var fetch = fetcher.AskAsync(server.Url);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        turn.Dispose();
        var exchange = Assert.Single((await fetch).Exchanges);

        Assert.True(exchange.Elapsed < Stopwatch.GetElapsedTime(start) - TimeSpan.FromMilliseconds(250));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(308)]
    public async Task What_has_moved_for_good_says_where_to(int status)
    {
        await using var server = Path(status, 301);
        using var fetcher = Upstream.Fetcher();

        var outcome = await fetcher.AskAsync(server.Url);

        Assert.Equal(new Uri(server.Url, "/c?x=1"), outcome.MovedTo);
    }

    [Theory]
    [InlineData(302, 301)]
    [InlineData(308, 303)]
    [InlineData(307, 307)]
    public async Task One_redirect_for_the_time_being_and_nothing_has_moved(int first, int second)
    {
        await using var server = Path(first, second);
        using var fetcher = Upstream.Fetcher();

        var outcome = await fetcher.AskAsync(server.Url);

        Assert.IsType<FetchOutcome.Fetched>(outcome);
        Assert.Null(outcome.MovedTo);
    }

    [Theory]
    [InlineData("304 Not Modified", true)]
    [InlineData("404 Not Found", false)]
    public async Task Moved_is_what_is_answered_at_its_new_place(string status, bool moved)
    {
        await using var server = Path(301, 301, status);
        using var fetcher = Upstream.Fetcher();

        var outcome = await fetcher.AskAsync(server.Url, new Validators("\"1\"", null));

        Assert.Equal(moved, outcome.MovedTo is not null);
    }

    [Fact]
    public async Task Of_a_confidential_address_no_new_one_is_told_and_one_that_stays_has_none()
    {
        await using var server = Path(301, 301);
        await using var staying = new RawServer(RawServer.Always(Answer("200 OK")));
        using var fetcher = Upstream.Fetcher();

        var confidential = await fetcher.AskAsync(Make.Source(url: server.Url.AbsoluteUri) with { IsAddressConfidential = true });
        var stays = await fetcher.AskAsync(staying.Url);

        Assert.IsType<FetchOutcome.Fetched>(confidential);
        Assert.Null(confidential.MovedTo);
        Assert.Null(stays.MovedTo);
    }

    /// <summary>Two redirects and an end.</summary>
    private static RawServer Path(int first, int second, string end = "200 OK")
    {
        var answers = new Queue<string>([Answer($"{first} X", "Location: /b"), Answer($"{second} X", "Location: /c?x=1#part"), Answer(end)]);
        return new RawServer((socket, cancel) => RawServer.SendAsync(socket, answers.Dequeue(), cancel));
    }

    private static string Answer(string status, string header = "X: y") => $"HTTP/1.1 {status}\r\n{header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}
