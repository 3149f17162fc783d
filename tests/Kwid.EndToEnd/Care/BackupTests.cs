using System.IO.Compression;
using System.Text.Json;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Care;

/// <summary>A backup that is taken while polls and editions go on, and what becomes of readers when it is restored.</summary>
public sealed class BackupTests
{
    private static readonly string[] Files = ["05315000.atom", "05314000.rss", "alle.atom"];
    private readonly HttpClient _client = Raw.CreateClient();
    private readonly Dictionary<int, List<byte[]>> _shown = [];
    private int _number;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_taken_under_load_restores_to_the_feeds_of_its_moment_byte_for_byte_and_later_entries_come_again_under_their_ids()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(Cancel);
        Show(upstream);
        using var folder = new KwidFolder(upstream.Address).With("good", new Uri(upstream.Address, "/good")).Write();
        await using var kwid = await folder.ServeAsync(_client, Cancel);
        await kwid.WaitForLineAsync("First sweep done", TimeSpan.FromSeconds(30), Cancel);

        var (file, edition) = await BackUpUnderLoadAsync(upstream, folder);
        await PollAsync(upstream, folder);
        var before = IdsOf(_shown[_shown.Keys.Max()][0]);
        await kwid.TerminateAsync(TimeSpan.FromSeconds(20), Cancel);
        var restore = await folder.RunAsync(Cancel, "restore", file, "--replace");
        await using var again = await folder.ServeAsync(_client, Cancel);

        Assert.True(restore.ExitCode == 0, string.Join('\n', restore.Errors) + restore.Text);
        var restored = await AskAsync(folder);
        Assert.Equal(_shown[edition], restored);
        Assert.NotEqual(before, IdsOf(restored[0]));

        await folder.RunAsync(Cancel, "poll", "--all");
        Assert.Equal(before.Order(), IdsOf((await AskAsync(folder))[0]).Order());
        Assert.Equal(0, (await folder.RunAsync(Cancel, "verify")).ExitCode);
    }

    /// <summary>Polls all the time, and backs up until one backup has nothing pending: the feeds of that moment are then those of its last edition.</summary>
    private async Task<(string File, int Edition)> BackUpUnderLoadAsync(ScriptedUpstream upstream, KwidFolder folder)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested) await PollAsync(upstream, folder);
            },
            Cancel);
        var taken = new List<(string File, int Edition)>();
        try
        {
            for (var i = 0; i < 8; i++)
            {
                var file = Path.Combine(folder.Root, $"{i}.gz");
                var run = await folder.RunAsync(Cancel, "backup", file, "--json");
                Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
                using var json = JsonDocument.Parse(run.Text);
                if (!Unpack(file).Contains("\"stage\":\"Pending\"", StringComparison.Ordinal)) taken.Add((file, json.RootElement.GetProperty("edition").GetInt32()));
            }
        }
        finally
        {
            await enough.CancelAsync();
            await load;
        }

        // Of an edition that the service published beside the poll nobody has looked at the feeds.
        taken.RemoveAll(each => !_shown.ContainsKey(each.Edition));
        Assert.NotEmpty(taken);
        var whole = taken[taken.Count / 2];
        Assert.True(whole.Edition < _shown.Keys.Max(), "editions came after the backup");
        return whole;
    }

    private async Task PollAsync(ScriptedUpstream upstream, KwidFolder folder)
    {
        Show(upstream);
        var run = await folder.RunAsync(Cancel, "poll", "--all", "--json");
        using var json = JsonDocument.Parse(run.Text);
        if (json.RootElement.GetProperty("edition") is { ValueKind: JsonValueKind.Number } edition) _shown[edition.GetInt32()] = await AskAsync(folder);
    }

    /// <summary>All advisories so far and another one: what a restored Kwid has forgotten is still there.</summary>
    private void Show(ScriptedUpstream upstream)
    {
        _number++;
        var began = TimeProvider.System.GetUtcNow().AddHours(-3);
        upstream.Show("/good", Enumerable.Range(1, _number).Select(number => new UpstreamItem(number, began.AddSeconds(-number))));
    }

    private async Task<List<byte[]>> AskAsync(KwidFolder folder)
    {
        var bodies = new List<byte[]>();
        foreach (var file in Files) bodies.Add((await Raw.AskAsync(_client, folder.Feed(file), Cancel)).Body);
        return bodies;
    }

    private static List<string> IdsOf(byte[] feed) => [.. System.Text.Encoding.UTF8.GetString(feed).Split("<id>").Skip(2).Select(rest => rest[..rest.IndexOf('<', StringComparison.Ordinal)])];

    private static string Unpack(string file)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return lines.ReadToEnd();
    }
}
