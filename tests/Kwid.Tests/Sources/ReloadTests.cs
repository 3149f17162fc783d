using Kwid.Core.Sources;
using Kwid.Service;
using Kwid.Tests.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Sources;

/// <summary>What hosts notice of a reload: nothing.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string Local = """{ "id": "a", "url": "http://127.0.0.1:9/feed", "tlp": "CLEAR" }""";

    private readonly ConfigurationFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Make.Instant("2026-03-01T08:00Z"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pause_that_a_server_asked_for_outlives_it()
    {
        await using var server = new RawServer(RawServer.Always("HTTP/1.1 429 X\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = Current("00:00:00");

        await fetcher.FetchAsync(Upstream.Request(server.Url), TestContext.Current.CancellationToken);
        fetcher.Follow(Configuration("00:00:00"));
        var outcome = await fetcher.FetchAsync(Upstream.Request(server.Url), TestContext.Current.CancellationToken);

        Assert.True(Assert.IsType<FetchOutcome.Failed>(outcome).IsPostponed);
        Assert.NotNull(fetcher.Patience.Find(server.Url));
    }

    [Fact]
    public async Task The_pause_between_two_requests_is_kept_across_it()
    {
        await using var server = new RawServer(RawServer.Always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var fetcher = Current("00:00:20");

        await fetcher.FetchAsync(Upstream.Request(server.Url), TestContext.Current.CancellationToken);
        fetcher.Follow(Configuration("00:00:20"));
        var next = fetcher.FetchAsync(Upstream.Request(server.Url), TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        var early = server.Connections;
        _time.Advance(TimeSpan.FromSeconds(20));
        await next;

        Assert.Equal((1, 2), (early, server.Connections));
    }

    private CurrentFetcher Current(string pause) => new(Configuration(pause), _time);

    private Kwid.Configuration.KwidConfiguration Configuration(string pause) => _folder.Write(ConfigurationFolder.Text(
        sources: Local, more: $$""" "polling": { "perHostPause": "{{pause}}" }, "network": { "allow": ["127.0.0.1"] }""")).GetLoaded();
}
