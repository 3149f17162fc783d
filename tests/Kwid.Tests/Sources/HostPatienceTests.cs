using Kwid.Core.Model;
using Kwid.Core.Sources;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Sources;

/// <summary>Retry-After, and whom it holds back.</summary>
public class HostPatienceTests
{
    private readonly FakeTimeProvider _time = new(Make.Instant("2026-03-01T08:00Z"));

    [Fact]
    public void A_wish_does_not_outlive_a_clock_that_is_set_back_by_days()
    {
        var clock = new JumpingClock(Make.Instant("2026-03-03T08:00Z"));
        var patience = new HostPatience(clock);
        var source = Make.Source();
        patience.Note(source, source.Url, clock.GetUtcNow().AddHours(2));
        Assert.NotNull(patience.Find(source.Url));

        clock.Jump(TimeSpan.FromDays(-2));

        Assert.Null(patience.Find(source.Url));
    }

    [Theory]
    [InlineData(RetryAfterScope.Url, "news.upstream.example", "/busy", false)]
    [InlineData(RetryAfterScope.Url, "news.upstream.example", "/other", true)]
    [InlineData(RetryAfterScope.Host, "news.upstream.example", "/other", false)]
    [InlineData(RetryAfterScope.Host, "blog.upstream.example", "/other", true)]
    [InlineData(RetryAfterScope.Domain, "blog.upstream.example", "/other", false)]
    [InlineData(RetryAfterScope.Domain, "upstream.example", "/other", false)]
    [InlineData(RetryAfterScope.Domain, "downstream.example", "/other", true)]
    public async Task A_second_source_is_held_back_within_the_scope_of_the_first_alone(RetryAfterScope scope, string host, string path, bool asked)
    {
        await using var server = Busy("Retry-After: 120");
        using var fetcher = Upstream.EveryName(_time);
        var first = Make.Source("first", server.Url.By("news.upstream.example", "/busy").AbsoluteUri) with { Access = new SourceAccess { RetryAfterScope = scope } };
        var second = Make.Source("second", server.Url.By(host, path).AbsoluteUri);

        await fetcher.AskAsync(first);
        var outcome = await fetcher.AskAsync(second);

        Assert.Equal(asked ? 2 : 1, server.Heads.Count);
        Assert.Equal(asked, outcome is FetchOutcome.Fetched);
        if (asked) return;
        var postponed = Assert.IsType<FetchOutcome.Failed>(outcome);
        Assert.Equal((true, (int?)null, TimeSpan.FromMinutes(2)), (postponed.IsPostponed, postponed.Status, postponed.RetryAfter));
        Assert.Contains("wants to be left alone (Retry-After); it is asked again by itself after 2026-03-01 08:02:00 UTC", postponed.Reason, StringComparison.Ordinal);
        Assert.Empty(postponed.Exchanges);
    }

    [Theory]
    [InlineData("429 Too Many Requests", "Retry-After: 120", 120)]
    [InlineData("503 Service Unavailable", "Retry-After: 120", 120)]
    [InlineData("503 Service Unavailable", "Date: Sun, 01 Mar 2026 11:00:00 GMT\r\nRetry-After: Sun, 01 Mar 2026 11:03:00 GMT", 180)]
    public async Task Once_the_pause_is_over_it_is_asked_again(string status, string headers, int seconds)
    {
        await using var server = Busy(headers, status);
        using var fetcher = Upstream.EveryName(_time);
        var source = Make.Source(url: server.Url.By("upstream.example", "/busy").AbsoluteUri);
        var first = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(source));

        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        var early = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(source));
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = Assert.IsType<FetchOutcome.Failed>(await fetcher.AskAsync(source));

        Assert.Equal((false, TimeSpan.FromSeconds(seconds)), (first.IsPostponed, first.RetryAfter));
        Assert.Equal((true, TimeSpan.FromSeconds(1)), (early.IsPostponed, early.RetryAfter));
        Assert.False(late.IsPostponed);
        Assert.Equal(2, server.Heads.Count);
    }

    [Fact]
    public async Task A_pause_of_a_month_is_one_of_a_day()
    {
        await using var server = Busy("Retry-After: 2592000");
        using var fetcher = Upstream.EveryName(_time);

        var failed = await fetcher.FailAsync(server.Url.By("upstream.example", "/busy"));
        _time.Advance(TimeSpan.FromHours(24));
        await fetcher.FailAsync(server.Url.By("upstream.example", "/busy"));

        Assert.Equal(TimeSpan.FromHours(24), failed.RetryAfter);
        Assert.Equal(2, server.Heads.Count);
    }

    [Fact]
    public async Task Own_pages_hold_back_themselves_alone_whatever_the_source_says()
    {
        await using var server = Busy("Retry-After: 120");
        using var fetcher = Upstream.EveryName(_time);
        var source = Make.Source(url: server.Url.By("upstream.example").AbsoluteUri) with { Access = new SourceAccess { RetryAfterScope = RetryAfterScope.Domain } };

        await fetcher.FetchAsync(new FetchRequest(source, new Uri(source.Url, "/busy"), Validators.None) { Scope = RetryAfterScope.Url }, TestContext.Current.CancellationToken);
        var list = await fetcher.AskAsync(source);

        Assert.IsType<FetchOutcome.Fetched>(list);
    }

    [Fact]
    public async Task Whoever_waits_for_its_turn_meanwhile_is_held_back_as_well()
    {
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = new RawServer(async (socket, cancel) =>
        {
            asked.TrySetResult();
            await go.Task;
            await RawServer.SendAsync(socket, "HTTP/1.1 429 X\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancel);
        });
        using var fetcher = Upstream.EveryName();

        var first = fetcher.FailAsync(server.Url.By("upstream.example"));
        await asked.Task;
        var second = fetcher.FailAsync(server.Url.By("upstream.example", "/other"));
        go.SetResult();

        Assert.False((await first).IsPostponed);
        Assert.True((await second).IsPostponed);
        Assert.Single(server.Heads);
    }

    [Fact]
    public async Task A_redirect_to_a_host_that_wants_to_be_left_alone_waits_as_well()
    {
        var patience = new HostPatience(_time);
        await using var server = new RawServer(RawServer.Always("HTTP/1.1 302 Found\r\nLocation: http://busy.example/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = Upstream.EveryName(_time, patience);
        patience.Note(Make.Source(), new Uri("http://busy.example/feed"), _time.GetUtcNow().AddMinutes(5));

        var failed = await fetcher.FailAsync(server.Url.By("upstream.example"));

        Assert.Equal((true, TimeSpan.FromMinutes(5)), (failed.IsPostponed, failed.RetryAfter));
        Assert.Contains("its host busy.example wants to be left alone", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_memory_is_handed_from_one_fetcher_to_the_next()
    {
        var patience = new HostPatience(_time);
        await using var server = Busy("Retry-After: 120");
        using (var before = Upstream.EveryName(_time, patience)) await before.FailAsync(server.Url.By("upstream.example", "/busy"));
        using var after = Upstream.EveryName(_time, patience);

        var failed = await after.FailAsync(server.Url.By("upstream.example"));

        Assert.True(failed.IsPostponed);
    }

    [Fact]
    public void The_longest_pause_stands_and_what_is_past_is_none()
    {
        var patience = new HostPatience(_time);
        var (source, now) = (Make.Source(), _time.GetUtcNow());

        patience.Note(source, source.Url, now.AddSeconds(-1));
        var past = patience.Find(source.Url);
        patience.Note(source, source.Url, now.AddDays(3));
        patience.Note(source, source.Url, now.AddMinutes(1));

        Assert.Null(past);
        Assert.Equal(now.AddHours(24), patience.Find(source.Url)!.Value.Until);
    }

    [Theory]
    [InlineData("https://www.bsi.bund.de/", "bund.de")]
    [InlineData("https://bund.de/", "bund.de")]
    [InlineData("https://WWW.Upstream.Example./", "upstream.example")]
    [InlineData("https://news.ncsc.gov.uk/", "ncsc.gov.uk")]
    [InlineData("https://jvn.co.jp/", "jvn.co.jp")]
    [InlineData("https://a.b.com.au/", "b.com.au")]
    [InlineData("https://co.uk/", "co.uk")]
    [InlineData("https://a.co.example/", "co.example")]
    [InlineData("https://localhost/", "localhost")]
    [InlineData("https://10.20.30.40/", "10.20.30.40")]
    [InlineData("https://[2001:db8::1]/", "2001:db8::1")]
    public void The_registered_domain_is_guessed_from_the_last_labels(string address, string domain) => Assert.Equal(domain, RegisteredDomain.Of(new Uri(address)));

    /// <summary>Asks for patience at /busy, has a document elsewhere.</summary>
    private static RawServer Busy(string headers, string status = "429 Too Many Requests")
    {
        RawServer? server = null;
        server = new RawServer((socket, cancel) => RawServer.SendAsync(
            socket,
            server!.Heads[^1].StartsWith("GET /busy", StringComparison.Ordinal)
                ? $"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            cancel));
        return server;
    }
}
