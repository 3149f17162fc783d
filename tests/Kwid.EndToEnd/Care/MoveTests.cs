using System.Text.Json;
using System.Text.Json.Nodes;
using Kwid.EndToEnd.Upstreams;
using Kwid.Testing;

namespace Kwid.EndToEnd.Care;

/// <summary>A service that moves from LiteDB to PostgreSQL and back: readers notice nothing.</summary>
public sealed class MoveTests(PostgresDatabases databases)
{
    private static readonly string[] Files = ["05315000.atom", "05314000.rss", "alle.atom"];
    private readonly HttpClient _client = Raw.CreateClient();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copied_to_PostgreSQL_and_back_all_is_equal_and_feeds_are_served_byte_for_byte_with_their_validators()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var upstream = await ScriptedUpstream.StartAsync(Cancel);
        using var folder = new KwidFolder(upstream.Address).With("good", new Uri(upstream.Address, "/good")).Write();
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "postgres"), connection, Cancel);
        await PollAsync(upstream, folder, 3);
        await PollAsync(upstream, folder, 40);
        var before = await ServedAsync(folder);

        var there = await folder.RunAsync(Cancel, "copy", "--from", "liteDb", "--to", $"postgres:${{file:{folder.Root}/postgres}}", "--json");
        folder.Settings["storage"] = new JsonObject { ["kind"] = "postgres", ["connection"] = "${file:postgres}" };
        folder.Write();
        var after = await ServedAsync(folder);
        var verify = await folder.RunAsync(Cancel, "verify");
        var back = await folder.RunAsync(Cancel, "copy", "--from", "postgres", "--to", "liteDb:back", "--json");

        Assert.True(there.ExitCode == 0, string.Join('\n', there.Errors) + there.Text);
        Assert.True(verify.ExitCode == 0, verify.Text + string.Join('\n', verify.Errors));
        Assert.True(back.ExitCode == 0, string.Join('\n', back.Errors) + back.Text);
        Assert.Equal(before.Select(raw => (raw["ETag"], raw["Last-Modified"])), after.Select(raw => (raw["ETag"], raw["Last-Modified"])));
        Assert.Equal(before.Select(raw => raw.Text), after.Select(raw => raw.Text));
        Assert.Equal(Hashes(there), Hashes(back));
        await PollAsync(upstream, folder, 41);
        Assert.Contains("WID-SEC-2026-0041", (await ServedAsync(folder))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_LiteDB_is_restored_into_an_empty_PostgreSQL_and_into_no_other()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var upstream = await ScriptedUpstream.StartAsync(Cancel);
        using var folder = new KwidFolder(upstream.Address).With("good", new Uri(upstream.Address, "/good")).Write();
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "postgres"), connection, Cancel);
        await PollAsync(upstream, folder, 3);
        var before = await ServedAsync(folder);
        await folder.RunAsync(Cancel, "backup", "b.gz");
        folder.Settings["storage"] = new JsonObject { ["kind"] = "postgres", ["connection"] = "${file:postgres}" };
        folder.Write();

        var restore = await folder.RunAsync(Cancel, "restore", "b.gz");
        var again = await folder.RunAsync(Cancel, "restore", "b.gz");
        var replace = await folder.RunAsync(Cancel, "restore", "b.gz", "--replace");
        var after = await ServedAsync(folder);

        Assert.True(restore.ExitCode == 0, string.Join('\n', restore.Errors) + restore.Text);
        Assert.Equal((1, 1), (again.ExitCode, replace.ExitCode));
        Assert.Contains("DROP SCHEMA kwid CASCADE", string.Join('\n', again.Errors), StringComparison.Ordinal);
        Assert.Contains("--replace is for LiteDB", string.Join('\n', replace.Errors), StringComparison.Ordinal);
        Assert.Equal(before.Select(raw => (raw["ETag"], raw.Text)), after.Select(raw => (raw["ETag"], raw.Text)));
    }

    private static async Task PollAsync(ScriptedUpstream upstream, KwidFolder folder, int items)
    {
        var began = TimeProvider.System.GetUtcNow().AddHours(-3);
        upstream.Show("/good", Enumerable.Range(1, items).Select(number => new UpstreamItem(number, began.AddSeconds(-number))));
        var run = await folder.RunAsync(Cancel, "poll", "--all");
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
    }

    private async Task<List<Raw>> ServedAsync(KwidFolder folder)
    {
        await using var kwid = await folder.ServeAsync(_client, Cancel);
        var served = new List<Raw>();
        foreach (var file in Files) served.Add(await Raw.AskAsync(_client, folder.Feed(file), Cancel));
        await kwid.TerminateAsync(TimeSpan.FromSeconds(20), Cancel);
        return served;
    }

    private static List<string> Hashes(ProgramRun copy)
    {
        using var json = JsonDocument.Parse(copy.Text);
        return [.. json.RootElement.GetProperty("kinds").EnumerateArray().Where(kind => kind.GetProperty("kind").GetString() is not ("source" or "audit")).Select(kind => kind.GetProperty("toHash").GetString()!)];
    }
}
