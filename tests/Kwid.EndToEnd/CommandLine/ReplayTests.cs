using System.Text.Json;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.CommandLine;

/// <summary><c>kwid replay</c> alone and beside a service.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _upstream.Show("/rss", new UpstreamItem(1, TimeProvider.System.GetUtcNow().AddHours(-1)));
        _folder = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss")).With("other", new Uri(_upstream.Address, "/other"));
        _folder.Write();
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task After_a_poll_nothing_differs_until_what_is_stored_is_another_thing_and_then_it_can_be_taken_in()
    {
        await _folder.RunAsync(Cancel, "poll", "--all");
        var same = await _folder.RunAsync(Cancel, "replay", "wid");
        // The body of the same source from a folder where its text was mended, beside entries that were read of the old one.
        using var mended = new KwidFolder(_upstream.Address).With("wid", new Uri(_upstream.Address, "/rss")).Write();
        _upstream.Show("/rss", new UpstreamItem(1, TimeProvider.System.GetUtcNow().AddHours(-1), "kritisch"), new UpstreamItem(2, TimeProvider.System.GetUtcNow()));
        await mended.RunAsync(Cancel, "poll", "--all");
        File.Copy(Path.Combine(mended.Data, "raw", "wid.raw"), Path.Combine(_folder.Data, "raw", "wid.raw"), overwrite: true);

        var other = await _folder.RunAsync(Cancel, "replay", "--json");
        var committed = await _folder.RunAsync(Cancel, "replay", "wid", "--commit");
        var after = await _folder.RunAsync(Cancel, "replay", "wid");

        Assert.Equal([0, 0, 0, 0], [same.ExitCode, other.ExitCode, committed.ExitCode, after.ExitCode]);
        Assert.Equal("wid: 1 read, 0 unknown, 0 changed, 0 no longer read, 0 left out", same.Text);
        using var json = JsonDocument.Parse(other.Text);
        var source = Assert.Single(json.RootElement.GetProperty("sources").EnumerateArray());
        Assert.Equal("other", Assert.Single(json.RootElement.GetProperty("without").EnumerateArray()).GetString());
        Assert.Single(source.GetProperty("unknown").EnumerateArray());
        Assert.Contains(
            Assert.Single(source.GetProperty("changed").EnumerateArray()).GetProperty("changes").EnumerateArray(),
            change => (change.GetProperty("field").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString()) == ("severity", "mittel", "kritisch"));
        Assert.Contains("committed: 1 new, 1 revised", committed.Text, StringComparison.Ordinal);
        Assert.Contains("edition 2 published", committed.Text, StringComparison.Ordinal);
        Assert.Equal("wid: 2 read, 0 unknown, 0 changed, 0 no longer read, 0 left out", after.Text);
    }

    [Fact]
    public async Task Beside_a_service_it_says_what_is_not_kept_and_who_is_unknown_and_what_cannot_be_read()
    {
        _upstream.Show("/other", 200, "text/html", "<!DOCTYPE html><html><head><title>Wartung</title></head><body>Wartung</body></html>");
        using var client = Raw.CreateClient();
        await using var kwid = await _folder.With("silent", new Uri(_upstream.Address, "/silent")).Write().ServeAsync(client, Cancel);
        await kwid.WaitForLineAsync("First sweep done", TimeSpan.FromSeconds(30), Cancel);

        var all = await _folder.RunAsync(Cancel, "replay");
        var nothing = await _folder.RunAsync(Cancel, "replay", "silent");
        var unknown = await _folder.RunAsync(Cancel, "replay", "nobody");

        Assert.Equal([3, 1, 2], [all.ExitCode, nothing.ExitCode, unknown.ExitCode]);
        Assert.Contains(all.Output, line => line.StartsWith("wid: 1 read, 0 unknown, 0 changed", StringComparison.Ordinal));
        Assert.Contains(all.Output, line => line.StartsWith("  can't be read", StringComparison.Ordinal) && line.Contains("Wartung", StringComparison.Ordinal));
        Assert.Contains("30 days", string.Join('\n', nothing.Errors), StringComparison.Ordinal);
        Assert.Contains("'nobody'", string.Join('\n', unknown.Errors), StringComparison.Ordinal);
    }
}
