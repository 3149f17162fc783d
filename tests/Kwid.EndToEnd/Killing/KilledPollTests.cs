using System.Text.Json;
using System.Xml.Linq;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Killing;

/// <summary>
/// A poll that is killed anywhere delays, never loses or doubles. The upstream shows each advisory in one state only: what a killed poll
/// swallowed, because validators were stored without entries, never comes again.
/// </summary>
public sealed class KilledPollTests
{
    private const int Rounds = 50;
    private const int PerRound = 3;
    private static readonly string[] Paths = ["/rss", "/more", "/most"];
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Polls_killed_at_any_moment_lose_and_double_nothing()
    {
        var dice = new Random(20260302);
        await using var upstream = await ScriptedUpstream.StartAsync(Cancel);
        var plan = new KwidFolder(upstream.Address);
        foreach (var path in Paths) plan = plan.With("source-" + path[1..], new Uri(upstream.Address, path));
        using var folder = plan.Write();
        var date = TimeProvider.System.GetUtcNow().AddHours(-20);
        var (cut, reread, shown) = (0, 0, 0);

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var path in Paths) upstream.Show(path, [.. Enumerable.Range(0, PerRound).Select(_ => new UpstreamItem(++shown, date = date.AddMinutes(1)))]);
            if (await IsCutShortAsync(upstream, folder, round, dice)) cut++;

            var run = await folder.RunAsync(Cancel, "poll", "--all", "--json");

            Assert.True(run.ExitCode == 0, $"round {round}: exit {run.ExitCode}\n{string.Join('\n', run.Errors)}");
            reread += Reread(run);
        }

        var export = await folder.RunAsync(Cancel, "export", System.IO.Path.Combine(folder.Root, "out"));
        var ids = ReadIds(System.IO.Path.Combine(folder.Root, "out", "feeds", "05315000.atom"));
        Assert.Equal(0, export.ExitCode);
        Assert.Equal(Enumerable.Range(1, Rounds * PerRound * Paths.Length).Select(UpstreamItem.IdOf).Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
        Assert.True(cut >= Rounds / 2, $"only {cut} of {Rounds} polls were cut short: the moments are badly chosen");
        Assert.True(reread > 0, "no killed poll had to be repeated: the moments are badly chosen");
    }

    /// <summary>Two of three are killed at a random moment after the upstream's answer, where entries are committed and published; the others at any.</summary>
    private static async Task<bool> IsCutShortAsync(ScriptedUpstream upstream, KwidFolder folder, int round, Random dice)
    {
        var answered = upstream.NextBody;
        await using var doomed = folder.Start("poll", "--all", "--json");
        if (round % 3 == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(900)), TimeProvider.System, Cancel);
        }
        else
        {
            await answered.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(250)), TimeProvider.System, Cancel);
        }

        return (await doomed.KillAsync(Cancel)).ExitCode == 137;
    }

    private static int Reread(ProgramRun run)
    {
        using var json = JsonDocument.Parse(run.Text);
        return json.RootElement.GetProperty("sources").EnumerateArray().Count(source => source.GetProperty("outcome").GetString() == "read");
    }

    private static List<string> ReadIds(string feed) =>
        [.. XDocument.Load(feed).Root!.Elements(Atom + "entry").Select(entry => ((string)entry.Element(Atom + "id")!).Split('/')[1])];
}
