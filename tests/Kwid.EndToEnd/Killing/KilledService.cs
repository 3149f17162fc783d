using System.Diagnostics;
using System.Globalization;
using Kwid.Core.Storage;

namespace Kwid.EndToEnd.Killing;

/// <summary>
/// The running service is killed again and again while it polls and publishes; after each kill everything in its store is compared with everything else.
/// </summary>
internal static class KilledService
{
    private const string RoundsVariable = "KWID_TEST_KILLS";
    private const int ReachesEdition = 8;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>So often it is killed: 40 times, or as <c>KWID_TEST_KILLS</c> says.</summary>
    public static int Rounds { get; } = int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), CultureInfo.InvariantCulture, out var rounds) ? rounds : 40;

    /// <summary>Kills it so often, then lets it go on to the end of the news.</summary>
    /// <param name="stream">What it polls.</param>
    /// <param name="folder">Its configuration, written.</param>
    /// <param name="open">Opens the store, or what is the same, while the service is down.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task EndureAsync(NewsStream stream, KwidFolder folder, Func<Task<IStore>> open, CancellationToken cancel)
    {
        var dice = new Random(20261124);
        using var client = Raw.CreateClient();
        var (feed, check) = (new FeedWatch(client, folder.Feed("05315000.atom")), new StoreCheck(stream));
        var (began, editions, pending, cut) = (Stopwatch.GetTimestamp(), 0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await RunAndKillAsync(stream, folder, feed, round, dice, cancel);
            await using (var store = await open()) await check.RunAsync(store, cancel);

            if (round % ReachesEdition == 0) await EnsureVerifiesAsync(folder, cancel);
            if (check.Found.Editions > editions) cut++;
            if (check.Found.Pending > 0) pending++;
            editions = check.Found.Editions;
        }

        var took = Stopwatch.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rounds} kills in {took.TotalSeconds:0} s: {check.Found}; {cut} came after an edition of their round, {pending} between a commit and its edition");
        await EnsureAllArrivesAsync(stream, folder, client, feed, cancel);
        await using (var store = await open()) await check.RunAsync(store, cancel);
        await EnsureVerifiesAsync(folder, cancel);
        Assert.True(cut >= Rounds / ReachesEdition, $"only {cut} of {Rounds} rounds published anything: the moments are badly chosen");
    }

    /// <summary>
    /// A third is killed at any moment from its start on, the others where they commit and publish: after some answers of upstreams. Now and then one may publish first, or
    /// on a slow machine none would ever get so far.
    /// </summary>
    private static async Task RunAndKillAsync(NewsStream stream, KwidFolder folder, FeedWatch feed, int round, Random dice, CancellationToken cancel)
    {
        var anywhere = round % 3 == 0;
        await using var doomed = folder.Start("serve");
        if (round % ReachesEdition == ReachesEdition - 1) await doomed.WaitForLineAsync("EditionLoop[3001]", Limit, cancel);
        for (var answers = anywhere ? 0 : dice.Next(1, 6); answers > 0; answers--) await stream.Upstream.NextBody.WaitAsync(Limit, TimeProvider.System, cancel);
        var moment = Task.Delay(TimeSpan.FromMilliseconds(dice.Next(anywhere ? 2_500 : 500)), TimeProvider.System, cancel);
        if (dice.Next(2) == 0) await feed.TryLookAsync(cancel);
        await moment;
        await doomed.KillAsync(cancel);
    }

    private static async Task EnsureVerifiesAsync(KwidFolder folder, CancellationToken cancel)
    {
        var verify = await folder.RunAsync(cancel, "verify");
        Assert.True(verify.ExitCode == 0, string.Join('\n', verify.Output.Concat(verify.Errors)));
    }

    private static async Task EnsureAllArrivesAsync(NewsStream stream, KwidFolder folder, HttpClient client, FeedWatch feed, CancellationToken cancel)
    {
        var items = await stream.EndAsync();
        await using var kwid = await folder.ServeAsync(client, cancel);
        await Wait.UntilAsync(
            async () => await feed.TryLookAsync(cancel) && items.All(item => feed.Ids.Any(id => id.Contains($"/{item.Id}", StringComparison.Ordinal))),
            "every item that the upstreams ever showed stands in the feed",
            Limit,
            cancel);
        await kwid.TerminateAsync(Limit, cancel);
        Assert.DoesNotContain(kwid.Errors, line => line.Contains("fail:", StringComparison.Ordinal) || line.Contains("crit:", StringComparison.Ordinal));
    }
}
