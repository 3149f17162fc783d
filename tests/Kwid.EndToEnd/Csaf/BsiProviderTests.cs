using System.Text.Json;

namespace Kwid.EndToEnd.Csaf;

/// <summary>CERT-Bund's provider as it was in March 2026, polled by <c>kwid poll</c>.</summary>
public sealed class BsiProviderTests
{
    private const string Before = "2026-03-02T12:00:00Z";
    private static readonly DateTimeOffset History = new(2025, 12, 2, 12, 0, 0, TimeSpan.Zero);        // 90 days
    private const string After = "2026-03-05T12:00:00Z";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_became_visible_since_the_last_poll_is_read_and_nothing_else()
    {
        await using var bsi = await BsiReplay.StartAsync(Before, Cancel);
        using var folder = new KwidFolder(bsi.Address).With("bsi-wid", bsi.Address);
        var source = folder.Settings["sources"]![0]!;
        (source["kind"], source["documentsPerPoll"]) = ("csaf", 10_000);
        folder.Write();
        var known = await ListAsync(bsi);

        var first = await folder.RunAsync(Cancel, "poll", "bsi-wid", "--json", "--now", Before);
        var again = await folder.RunAsync(Cancel, "poll", "bsi-wid", "--json", "--now", Before.Replace("12:00", "12:30", StringComparison.Ordinal));
        await bsi.SetAsync(After, Cancel);
        var second = await folder.RunAsync(Cancel, "poll", "bsi-wid", "--json", "--now", After);
        var later = await ListAsync(bsi);

        var (recent, added) = (known.Count(each => each.Value >= History), later.Keys.Except(known.Keys).ToList());
        var changed = later.Count(each => known.TryGetValue(each.Key, out var updated) && updated != each.Value);
        Assert.True(known.Count > recent && recent > 0 && added.Count > 0 && changed > 0);
        Assert.Equal((0, recent, 0), Of(first));
        Assert.Equal((0, 0, 0), Of(again));
        Assert.Equal((0, added.Count + changed), (Of(second).Exit, Of(second).New + Of(second).Revised));
    }

    private static (int Exit, int New, int Revised) Of(ProgramRun run)
    {
        Assert.True(run.Output.Count > 0, string.Join('\n', run.Errors));
        using var json = JsonDocument.Parse(run.Text);
        var source = json.RootElement.GetProperty("sources")[0];
        return (run.ExitCode, source.GetProperty("new").GetInt32(), source.GetProperty("revised").GetInt32());
    }

    private static async Task<Dictionary<string, DateTimeOffset>> ListAsync(BsiReplay bsi)
    {
        using var client = new HttpClient();
        using var feed = JsonDocument.Parse(await client.GetStringAsync(new Uri(bsi.Address, ".well-known/csaf/white/bsi-wid-white.json"), Cancel));
        return feed.RootElement.GetProperty("feed").GetProperty("entry").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("id").GetString()!, entry => entry.GetProperty("updated").GetDateTimeOffset());
    }
}
