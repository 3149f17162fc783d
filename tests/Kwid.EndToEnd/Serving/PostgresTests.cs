using System.Net;
using System.Text.Json.Nodes;
using Kwid.EndToEnd.Upstreams;
using Kwid.Testing;
using Npgsql;

namespace Kwid.EndToEnd.Serving;

/// <summary>The whole service on PostgreSQL: published, killed, without its server, with it again.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly HttpClient _client = Raw.CreateClient();
    private PostgresServer _server = null!;
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresDatabases.StartServerAsync(Cancel);
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        Show(1);
        _folder = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Root, "connection"), _server.Connection(), Cancel);
        _folder.Settings["storage"] = new JsonObject { ["kind"] = "postgres", ["connection"] = "${file:connection}" };
        _folder.Write();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _folder?.Dispose();
        if (_upstream is not null) await _upstream.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Killed_and_started_again_it_serves_the_same_feeds_and_goes_on()
    {
        Raw before;
        await using (var killed = await _folder.ServeAsync(_client, Cancel))
        {
            before = await FeedWithAsync(1);
            await killed.KillAsync(Cancel);
        }

        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        var after = await Raw.AskAsync(_client, Feed, Cancel);
        Show(1, 2);
        await _folder.RunAsync(Cancel, "poll", "--all");
        var next = await FeedWithAsync(2);

        Assert.Equal((before.Text, before["ETag"]), (after.Text, after["ETag"]));
        Assert.Contains("/WID-SEC-2026-0001<", next.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Data, "kwid.db")));
    }

    [Fact]
    public async Task Without_its_server_it_serves_the_last_feeds_says_so_and_goes_on_by_itself_when_it_is_back()
    {
        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        var before = await FeedWithAsync(1);

        await _server.StopAsync(Cancel);
        Show(1, 2);
        var poll = await _folder.RunAsync(Cancel, "poll", "--all");
        _folder.Settings["service"]!["contact"] = "mailto:leitstelle@kwid.example";
        _folder.Write();
        await Wait.UntilAsync(async () => (await StatusAsync()).Contains("können zurzeit nicht gespeichert werden", StringComparison.Ordinal), "the status tells it", Limit, Cancel);
        var meanwhile = await Raw.AskAsync(_client, Feed, Cancel);
        var same = await Raw.AskAsync(_client, Feed, Cancel, null, ("If-None-Match", before["ETag"]!));
        await _server.StartAsync(Cancel);
        await Wait.UntilAsync(async () => !(await StatusAsync()).Contains("Gestört", StringComparison.Ordinal), "the status is well again", Limit, Cancel);
        await _folder.RunAsync(Cancel, "poll", "--all");
        await FeedWithAsync(2);

        Assert.Equal((HttpStatusCode.OK, before.Text), (meanwhile.Status, meanwhile.Text));
        Assert.Equal(HttpStatusCode.NotModified, same.Status);
        Assert.NotEqual(0, poll.ExitCode);
        Assert.Contains(kwid.Errors, line => line.Contains("can't be reached", StringComparison.Ordinal));
        AssertNoSecret(kwid.Errors);
    }

    [Fact]
    public async Task Started_without_its_server_it_serves_what_stands_on_the_shelf_and_begins_when_the_server_comes()
    {
        await _folder.RunAsync(Cancel, "poll", "--all");
        await _server.StopAsync(Cancel);
        Show(1, 2);

        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        await FeedWithAsync(1);
        await kwid.WaitForLineAsync("can't be reached", Limit, Cancel);
        await _server.StartAsync(Cancel);
        await Wait.UntilAsync(async () => !(await StatusAsync()).Contains("Gestört", StringComparison.Ordinal), "the status is well again", Limit, Cancel);
        await _folder.RunAsync(Cancel, "poll", "--all");
        await FeedWithAsync(2);

        AssertNoSecret(kwid.Errors);
    }

    [Fact]
    public async Task Without_its_server_and_with_nothing_to_serve_it_ends_with_5_and_a_sentence()
    {
        await _server.StopAsync(Cancel);

        var run = await _folder.RunAsync(Cancel, "serve");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("can't be reached", Assert.Single(run.Errors), StringComparison.Ordinal);
        AssertNoSecret(run.Errors);
    }

    private Uri Feed => _folder.Feed("05315000.atom");

    private void Show(params IEnumerable<int> numbers) =>
        _upstream.Show("/rss", [.. numbers.Select(number => new UpstreamItem(number, TimeProvider.System.GetUtcNow().AddHours(-3).AddMinutes(number)))]);

    private async Task<string> StatusAsync() => WebUtility.HtmlDecode((await Raw.AskAsync(_client, new Uri(_folder.Address, "status"), Cancel)).Text);

    private async Task<Raw> FeedWithAsync(int number)
    {
        Raw? feed = null;
        await Wait.UntilAsync(
            async () =>
            {
                feed = await Raw.AskAsync(_client, Feed, Cancel);
                return feed.Text.Contains($"/{UpstreamItem.IdOf(number)}<", StringComparison.Ordinal);
            },
            $"advisory {number} is in the feed",
            Limit,
            Cancel);
        return feed!;
    }

    private void AssertNoSecret(IEnumerable<string> lines)
    {
        var password = new NpgsqlConnectionStringBuilder(_server.Connection()).Password!;
        Assert.DoesNotContain(lines, line => line.Contains(password, StringComparison.Ordinal));
    }
}
