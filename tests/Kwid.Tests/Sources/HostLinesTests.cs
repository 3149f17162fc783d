using Kwid.Core.Sources;
using Microsoft.Extensions.Time.Testing;
using Polly.CircuitBreaker;

namespace Kwid.Tests.Sources;

public class HostLinesTests
{
    private static readonly Uri Address = new("https://upstream.example/feed");

    private readonly FakeTimeProvider _time = new(Make.Instant("2026-03-01T08:00Z"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_fails_again_and_again_is_left_alone_and_taken_up_again()
    {
        var up = false;
        var requests = 0;
        await using var server = new RawServer((socket, cancel) =>
        {
            requests++;
            return RawServer.SendAsync(socket, $"HTTP/1.1 {(up ? "200 OK" : "502 Bad Gateway")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancel);
        });
        using var fetcher = Upstream.Fetcher(time: _time);

        for (var poll = 0; poll < 5; poll++) await fetcher.FailAsync(server.Url);
        var left = await fetcher.FailAsync(server.Url);
        var whileOpen = requests;
        up = true;
        _time.Advance(HostLines.Break);
        var back = await fetcher.AskAsync(server.Url);

        Assert.Equal(HostLines.LeastRequests, whileOpen);
        Assert.Null(left.Status);
        Assert.Contains("was not asked: its host failed again and again", left.Reason, StringComparison.Ordinal);
        Assert.Contains("answered 502 Bad Gateway", left.Reason, StringComparison.Ordinal);
        Assert.Contains("asked again by itself after 2026-03-01 08:00:30 UTC", left.Reason, StringComparison.Ordinal);
        Assert.IsType<FetchOutcome.Fetched>(back);
    }

    [Fact]
    public async Task Another_host_is_asked_while_one_is_left_alone()
    {
        var lines = Lines();
        await OpenAsync(lines.For(Address));

        var other = await RunAsync(lines.For(new Uri("https://other.example/feed")), Good);

        await Assert.ThrowsAsync<BrokenCircuitException>(() => RunAsync(lines.For(Address), Good));
        Assert.Same(Good, other);
    }

    [Fact]
    public async Task A_host_that_answers_is_not_left_alone_whatever_it_answers()
    {
        var line = Lines().For(Address);
        var refusal = new Answer.Final(new FetchOutcome.Failed(404, "not there"));

        for (var poll = 0; poll < 30; poll++) await RunAsync(line, refusal);

        Assert.Same(Good, await RunAsync(line, Good));
    }

    [Fact]
    public async Task A_probe_that_fails_leaves_the_host_alone_for_another_while()
    {
        var line = Lines().For(Address);
        await OpenAsync(line);
        _time.Advance(HostLines.Break);

        await RunAsync(line, Bad with { Fault = Fault.Silence });

        await Assert.ThrowsAsync<BrokenCircuitException>(() => RunAsync(line, Good));
    }

    [Fact]
    public async Task The_retry_waits_its_pause()
    {
        var line = new HostLines(new HostPacer(TimeSpan.Zero, _time), FetchLimits.Default, _time).For(Address);

        var run = RunAsync(line, Bad);
        _time.Advance(TimeSpan.FromSeconds(0.7));
        var early = run.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(0.6));
        await run;

        Assert.False(early);
    }

    [Fact]
    public async Task A_retry_keeps_the_pause_per_host_as_well()
    {
        var line = new HostLines(new HostPacer(TimeSpan.FromSeconds(60), _time), Upstream.NoWaiting, _time).For(Address);

        var run = RunAsync(line, Bad);
        _time.Advance(TimeSpan.FromSeconds(59));
        var early = run.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));
        await run;

        Assert.False(early);
    }

    [Fact]
    public void Lines_are_told_apart_by_scheme_host_and_port_and_are_bounded()
    {
        var lines = Lines();
        var line = lines.For(Address);

        Assert.Same(line, lines.For(new Uri("https://UPSTREAM.example:443/other")));
        Assert.NotSame(line, lines.For(new Uri("https://upstream.example:8443/feed")));
        Assert.NotSame(line, lines.For(Address, new Uri("http://proxy.example:3128")));
        for (var number = 0; number < 2000; number++) lines.For(new Uri($"https://{number}.example/"));
        Assert.Equal(512, lines.Count);
    }

    private static Answer.Final Good { get; } = new(new FetchOutcome.NotModified(new("\"a\"", null)));

    private static Answer.Final Bad { get; } = new(new FetchOutcome.Failed(null, "refused"), Fault.Connection);

    private static async Task<Answer> RunAsync(HostLine line, Answer answer) => await line.Pipeline.ExecuteAsync(_ => ValueTask.FromResult(answer), Cancel);

    private static async Task OpenAsync(HostLine line)
    {
        for (var request = 0; request < HostLines.LeastRequests / 2; request++) await RunAsync(line, Bad);
    }

    private HostLines Lines() => new(new HostPacer(TimeSpan.Zero, _time), Upstream.NoWaiting, _time);
}
