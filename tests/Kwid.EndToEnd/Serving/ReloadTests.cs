using System.Net;
using System.Text.Json.Nodes;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Serving;

/// <summary>The configuration changes while the service runs.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly HttpClient _client = Raw.CreateClient();
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;
    private KwidProcess _kwid = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _upstream.Show("/rss", new UpstreamItem(1, TimeProvider.System.GetUtcNow().AddHours(-1)));
        _folder = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss"));
        _folder.Settings["recipients"] = new JsonArray(new JsonObject { ["select"] = "051" });
        _folder.Write();
        _kwid = await _folder.ServeAsync(_client, Cancel);
        await Wait.UntilAsync(async () => (await AskAsync("05111000.atom")).Text.Contains("<entry", StringComparison.Ordinal), "an entry in the feed of Düsseldorf", Limit, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _kwid.DisposeAsync();
        _folder.Dispose();
        await _upstream.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task A_recipient_that_is_added_has_a_feed_and_a_change_with_mistakes_keeps_it()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("stadtwerke-musterstadt.atom")).Status);
        _folder.Settings["recipients"]!.AsArray().Add(new JsonObject { ["key"] = "stadtwerke-musterstadt", ["name"] = "Stadtwerke Musterstadt" });
        _folder.Write();
        await Wait.UntilAsync(async () => (await AskAsync("stadtwerke-musterstadt.atom")).Status == HttpStatusCode.OK, "the new recipient's feed", Limit, Cancel);

        // It sees what its neighbours saw.
        Assert.Contains("/WID-SEC-2026-0001<", (await AskAsync("stadtwerke-musterstadt.atom")).Text, StringComparison.Ordinal);

        _folder.Write("{ \"recipients\": [ { \"key\": ");
        await _kwid.WaitForLineAsync("Configuration refused", Limit, Cancel);
        var status = await Raw.AskAsync(_client, new Uri(_folder.Address, "status"), Cancel);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("stadtwerke-musterstadt.atom")).Status);
        Assert.Contains("Konfiguration wurde nicht übernommen", WebUtility.HtmlDecode(status.Text), StringComparison.Ordinal);

        _folder.Write();
        await Wait.UntilAsync(
            async () => !WebUtility.HtmlDecode((await Raw.AskAsync(_client, new Uri(_folder.Address, "status"), Cancel)).Text).Contains("nicht übernommen", StringComparison.Ordinal),
            "the mended file is in effect", Limit, Cancel);
    }

    [Fact]
    public async Task Ending_many_feeds_waits_for_accept()
    {
        // 71 feeds begin with 051; of Kreis Kleve there are 17.
        _folder.Settings["recipients"] = new JsonArray(new JsonObject { ["select"] = "05154" });
        _folder.Write();
        await _kwid.WaitForLineAsync("ends 54 of 71 feeds", Limit, Cancel);
        Assert.Contains("/WID-SEC-2026-0001<", (await AskAsync("05111000.atom")).Text, StringComparison.Ordinal);

        var accept = await _folder.RunAsync(Cancel, "accept");
        await Wait.UntilAsync(async () => (await AskAsync("05111000.atom")).Text.Contains("wurde am", StringComparison.Ordinal), "the farewell of Düsseldorf", Limit, Cancel);
        var farewell = await AskAsync("05111000.atom");

        Assert.Equal(0, accept.ExitCode);
        Assert.Equal(HttpStatusCode.OK, farewell.Status);
        Assert.DoesNotContain("WID-SEC", farewell.Text, StringComparison.Ordinal);
        Assert.Contains("/WID-SEC-2026-0001<", (await AskAsync("05154036.atom")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_is_added_is_asked_at_once_and_one_that_is_removed_leaves_its_entries()
    {
        _upstream.Show("/second", new UpstreamItem(2, TimeProvider.System.GetUtcNow().AddHours(-1)));
        _folder.Settings["sources"]!.AsArray().Clear();
        _folder.With("second", new Uri(_upstream.Address, "/second")).Write();

        await Wait.UntilAsync(async () => (await AskAsync("05111000.atom")).Text.Contains("/WID-SEC-2026-0002<", StringComparison.Ordinal), "an entry of the new source", Limit, Cancel);

        Assert.Contains("/WID-SEC-2026-0001<", (await AskAsync("05111000.atom")).Text, StringComparison.Ordinal);
    }

    private Task<Raw> AskAsync(string file) => Raw.AskAsync(_client, _folder.Feed(file), Cancel);
}
