using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Care;

/// <summary>A restore that is killed anywhere leaves the former store or the restored one, never half of one.</summary>
public sealed class KilledRestoreTests
{
    private const int Rounds = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_moment_what_is_stored_is_what_was_there_or_what_was_restored()
    {
        var dice = new Random(20260303);
        await using var upstream = await ScriptedUpstream.StartAsync(Cancel);
        using var folder = new KwidFolder(upstream.Address).With("good", new Uri(upstream.Address, "/good")).Write();
        await PollAsync(upstream, folder, 20);
        await folder.RunAsync(Cancel, "backup", "small.gz");
        await PollAsync(upstream, folder, 21);
        await folder.RunAsync(Cancel, "backup", "large.gz");
        var cut = 0;

        for (var round = 0; round < Rounds; round++)
        {
            var file = round % 2 == 0 ? "small.gz" : "large.gz";
            await using var doomed = folder.Start("restore", file, "--replace");
            await Task.Delay(TimeSpan.FromMilliseconds(400 + dice.Next(1_500)), TimeProvider.System, Cancel);
            if ((await doomed.KillAsync(Cancel)).ExitCode == 137) cut++;

            var verify = await folder.RunAsync(Cancel, "verify");

            Assert.True(verify.ExitCode == 0, $"round {round}: {verify.Text}{string.Join('\n', verify.Errors)}");
            Assert.Matches("advisory 2[01],", verify.Text);
        }

        Assert.True(cut >= Rounds / 3, $"only {cut} of {Rounds} were cut short: the moments are badly chosen");
        Assert.Equal(0, (await folder.RunAsync(Cancel, "restore", "small.gz", "--replace")).ExitCode);
    }

    private static async Task PollAsync(ScriptedUpstream upstream, KwidFolder folder, int items)
    {
        var began = TimeProvider.System.GetUtcNow().AddHours(-3);
        upstream.Show("/good", Enumerable.Range(1, items).Select(number => new UpstreamItem(number, began.AddSeconds(-number))));
        Assert.Equal(0, (await folder.RunAsync(Cancel, "poll", "--all")).ExitCode);
    }
}
