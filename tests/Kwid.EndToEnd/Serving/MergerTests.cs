using System.Net;
using System.Text.Json.Nodes;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Serving;

/// <summary>Municipalities are merged, and their former keys are given up, while the service runs.</summary>
public sealed class MergerTests : IAsyncLifetime
{
    private const int Former = 7;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
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
        Configure(successor: null);
        _kwid = await _folder.ServeAsync(_client, Cancel);
        await UntilAsync("feeds/altstadt-1.atom", "/WID-SEC-2026-0001<");
    }

    public async ValueTask DisposeAsync()
    {
        await _kwid.DisposeAsync();
        _folder.Dispose();
        await _upstream.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Merged_municipalities_keep_their_addresses_open_and_protected_and_giving_them_up_waits_for_accept()
    {
        var issued = await _folder.RunAsync(Cancel, "token", "issue", "altstadt-1", "--label", "IT-Leitung", "--json");
        var secret = new Uri(JsonNode.Parse(issued.Text)!["tokens"]![0]!["atom"]!.GetValue<string>()).AbsolutePath.TrimStart('/');
        await UntilAsync(secret, "altstadt-1/intern/WID-SEC-2026-0001<");

        Configure(successor: "05315000");
        await UntilAsync("feeds/altstadt-7.atom", "Altstadt 7 gehört seit dem ");
        _upstream.Show("/rss", new UpstreamItem(1, TimeProvider.System.GetUtcNow().AddHours(-1)), new UpstreamItem(2, TimeProvider.System.GetUtcNow(), "hoch"));
        await _folder.RunAsync(Cancel, "poll", "wid");

        await UntilAsync("feeds/altstadt-1.atom", ":altstadt-1/WID-SEC-2026-0002<");
        await UntilAsync(secret, ":altstadt-1/intern/WID-SEC-2026-0002<");
        Assert.Contains(":altstadt-1/WID-SEC-2026-0001<", await AskAsync("feeds/altstadt-1.atom"), StringComparison.Ordinal);
        Assert.Contains("gehört seit dem", await AskAsync(secret), StringComparison.Ordinal);
        var page = await AskAsync("kommunen/altstadt-1");
        Assert.Contains("<a href=\"/kommunen/05315000\">Köln</a>", page, StringComparison.Ordinal);
        Assert.Contains("Altstadt 1 gehört seit dem", page, StringComparison.Ordinal);
        var found = await AskAsync("?q=Altstadt+1");
        Assert.Contains("/kommunen/altstadt-1", found, StringComparison.Ordinal);
        Assert.Contains("/kommunen/05315000", found, StringComparison.Ordinal);

        _folder.Settings["recipients"] = new JsonArray(new JsonObject { ["key"] = "05315000" });
        _folder.Write();
        await _kwid.WaitForLineAsync("ends 7 of 8 feeds", Limit, Cancel);
        Assert.Contains("WID-SEC-2026-0002", await AskAsync(secret), StringComparison.Ordinal);
        Assert.Equal(0, (await _folder.RunAsync(Cancel, "accept")).ExitCode);

        await UntilAsync(secret, "hier erscheinen keine Hinweise mehr");
        await UntilAsync("feeds/altstadt-1.atom", "hier erscheinen keine Hinweise mehr");
        Assert.DoesNotContain("WID-SEC", await AskAsync(secret), StringComparison.Ordinal);
    }

    private void Configure(string? successor)
    {
        var recipients = new JsonArray(new JsonObject { ["key"] = "05315000" });
        foreach (var number in Enumerable.Range(1, Former))
        {
            var recipient = new JsonObject { ["key"] = $"altstadt-{number}", ["name"] = $"Altstadt {number}" };
            if (successor is not null) recipient["successor"] = successor;
            recipients.Add(recipient);
        }

        _folder.Settings["recipients"] = recipients;
        _folder.Write();
    }

    private Task UntilAsync(string path, string part) =>
        Wait.UntilAsync(async () => (await AskAsync(path)).Contains(part, StringComparison.Ordinal), $"'{part}' at {path}", Limit, Cancel);

    private async Task<string> AskAsync(string path) => WebUtility.HtmlDecode((await Raw.AskAsync(_client, new Uri(_folder.Address, path), Cancel)).Text);
}
