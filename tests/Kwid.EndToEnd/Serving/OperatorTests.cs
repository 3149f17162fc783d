using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Serving;

/// <summary>What the operator sees of a running service: feed, metrics, polls that leave no trace.</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    private const string Secret = "betriebsgeheimnis-0815";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client = Raw.CreateClient();
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;
    private Uri _own = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _upstream.Show("/rss", new UpstreamItem(1, TimeProvider.System.GetUtcNow().AddHours(-1)));
        _folder = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss")).With("broken", new Uri(_upstream.Address, "/nothing"));
        _own = new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        await File.WriteAllTextAsync(Path.Combine(_folder.Root, "token"), Secret + "\n", Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _upstream.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task On_their_own_listener_all_is_served_and_elsewhere_the_token_opens_the_feed_alone()
    {
        _folder.Settings["service"]!["operatorListen"] = _own.AbsoluteUri.TrimEnd('/');
        _folder.Settings["service"]!["operatorToken"] = "${file:token}";
        await using var kwid = await _folder.Write().ServeAsync(_client, Cancel);
        await kwid.WaitForLineAsync("First sweep done", Limit, Cancel);

        int[] answers =
            [
                await StatusAsync(_own, "betrieb/feed.atom"), await StatusAsync(_own, "metrics"), await StatusAsync(_own, "status"), await StatusAsync(_own, "feeds/05315000.atom"),
                await StatusAsync(_folder.Address, "betrieb/feed.atom"),
                await StatusAsync(_folder.Address, "betrieb/feed.atom", new AuthenticationHeaderValue("Bearer", Secret + "0")),
                await StatusAsync(_folder.Address, "betrieb/feed.atom", new AuthenticationHeaderValue("Bearer", Secret)),
                await StatusAsync(_folder.Address, "betrieb/feed.atom", new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("leser:" + Secret)))),
                await StatusAsync(_folder.Address, "metrics"),
            ];
        var feed = XDocument.Parse((await Raw.AskAsync(_client, new Uri(_own, "betrieb/feed.atom"), Cancel)).Text);

        Assert.Equal([200, 200, 200, 200, 401, 401, 200, 200, 404], answers);
        Assert.Equal("tag:pruefstand.kwid.example,2026:betrieb", feed.Root!.Element(XName.Get("id", "http://www.w3.org/2005/Atom"))!.Value);
        Assert.DoesNotContain(kwid.Output.Concat(kwid.Errors), line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_neither_the_feed_is_not_there_and_metrics_are_public()
    {
        await using var kwid = await _folder.Write().ServeAsync(_client, Cancel);
        await kwid.WaitForLineAsync("First sweep done", Limit, Cancel);
        var hidden = await Raw.AskAsync(_client, new Uri(_folder.Address, "betrieb/feed.atom"), Cancel);
        var metrics = await Raw.AskAsync(_client, new Uri(_folder.Address, "metrics"), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
        Assert.Contains("Diese Seite gibt es nicht", hidden.Text, StringComparison.Ordinal);
        Assert.All(
            [
                "kwid_source_up{source=\"wid\"} 1", "kwid_source_up{source=\"broken\"} 0", "kwid_source_polls_total{outcome=\"read\",source=\"wid\"} 1",
                "kwid_source_new_total{source=\"wid\"} 1", "kwid_source_http_status{source=\"broken\"} 404", "kwid_advisories{} 1", "kwid_store_up{} 1",
            ],
            line => Assert.Contains(line + "\n", metrics.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(_upstream.Address.Authority, metrics.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_tells_all_and_leaves_no_trace()
    {
        _folder.Write();
        var dry = await _folder.RunAsync(Cancel, "poll", "wid", "--dry-run", "--explain", "--json");
        var told = await _folder.RunAsync(Cancel, "poll", "wid", "--dry-run");
        var real = await _folder.RunAsync(Cancel, "poll", "wid", "--json");

        Assert.Equal([0, 0, 0], [dry.ExitCode, told.ExitCode, real.ExitCode]);
        Assert.Equal((1, true, true), Found(dry));
        Assert.Equal((1, false, false), Found(real));
        Assert.Equal("Dry run: nothing was stored, nothing published.", told.Output[^1]);
        Assert.All(_upstream.Requests, asked => Assert.Null(asked.IfNoneMatch));
    }

    private async Task<int> StatusAsync(Uri listener, string path, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(listener, path));
        request.Headers.Authorization = authorization;
        using var response = await _client.SendAsync(request, Cancel);
        return (int)response.StatusCode;
    }

    private static (int New, bool DryRun, bool Explained) Found(ProgramRun run)
    {
        using var json = JsonDocument.Parse(run.Text);
        var source = Assert.Single(json.RootElement.GetProperty("sources").EnumerateArray());
        Assert.Equal("ok", source.GetProperty("health").GetProperty("state").GetString());
        return (source.GetProperty("new").GetInt32(), source.GetProperty("dryRun").GetBoolean(), source.TryGetProperty("exchanges", out _));
    }
}
