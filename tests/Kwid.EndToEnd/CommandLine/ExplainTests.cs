using System.Text.Json;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.CommandLine;

/// <summary><c>kwid explain</c> and <c>kwid withdraw</c>, alone and beside a service.</summary>
public sealed class ExplainTests : IAsyncLifetime
{
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;
    private string _id = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        var item = new UpstreamItem(1, TimeProvider.System.GetUtcNow().AddHours(-1));
        _id = item.Id;
        _upstream.Show("/rss", item);
        _folder = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss"));
        _folder.Write();
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Alone_a_withdrawal_is_tried_done_and_explained()
    {
        await _folder.RunAsync(Cancel, "poll", "--all");

        var tried = await _folder.RunAsync(Cancel, "withdraw", _id, "--reason", "Fehlalarm", "--dry-run");
        var done = await _folder.RunAsync(Cancel, "withdraw", _id.ToLowerInvariant(), "--reason", "Fehlalarm");
        var again = await _folder.RunAsync(Cancel, "withdraw", _id, "--reason", "Fehlalarm");
        var explained = await _folder.RunAsync(Cancel, "explain", _id);

        Assert.Equal([0, 0, 0, 0], [tried.ExitCode, done.ExitCode, again.ExitCode, explained.ExitCode]);
        Assert.Contains("Dry run: nothing was changed.", tried.Text, StringComparison.Ordinal);
        Assert.Contains("feeds show it: 05314", tried.Text, StringComparison.Ordinal);
        Assert.Contains("Withdrawn with revision 2; edition 2 tells it.", done.Text, StringComparison.Ordinal);
        Assert.Contains("withdrawn before", again.Text, StringComparison.Ordinal);
        Assert.Matches("withdrawn +operator +Fehlalarm", explained.Text);
        Assert.Matches("edition 2 .*new entry", explained.Text);
    }

    [Fact]
    public async Task Beside_a_service_it_is_explained_as_json_withdrawn_and_an_unknown_id_gets_a_suggestion()
    {
        using var client = Raw.CreateClient();
        await using var kwid = await _folder.ServeAsync(client, Cancel);
        await kwid.WaitForLineAsync("First sweep done", TimeSpan.FromSeconds(30), Cancel);
        await _folder.RunAsync(Cancel, "poll", "--all");

        var explained = await _folder.RunAsync(Cancel, "explain", _id, "--json");
        var unknown = await _folder.RunAsync(Cancel, "explain", _id + "9");
        var noReason = await _folder.RunAsync(Cancel, "withdraw", _id, "--reason", " ");
        var done = await _folder.RunAsync(Cancel, "withdraw", _id, "--reason", "Fehlalarm");
        var feed = await client.GetStringAsync(_folder.Feed("alle.atom"), Cancel);

        Assert.Equal([0, 1, 2, 0], [explained.ExitCode, unknown.ExitCode, noReason.ExitCode, done.ExitCode]);
        using var json = JsonDocument.Parse(explained.Text);
        Assert.Equal(_id, json.RootElement.GetProperty("id").GetString());
        Assert.Equal("wid", Assert.Single(json.RootElement.GetProperty("sources").EnumerateArray()).GetProperty("source").GetString());
        Assert.Contains($"did you mean {_id}?", string.Join('\n', unknown.Errors), StringComparison.Ordinal);
        Assert.Contains("--reason", string.Join('\n', noReason.Errors), StringComparison.Ordinal);
        Assert.Contains("ZURÜCKGEZOGEN", feed, StringComparison.Ordinal);
    }
}
