using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;

namespace Kwid.Tests.Pipeline;

/// <summary>Days of polling in a moment: each source is asked when its last poll said, as the scheduler does.</summary>
public class OwnLineSimulationTests
{
    private static readonly FetchOutcome.Failed NoDns = new(null, "was not reached: host name not found") { IsUnreached = true };

    [Fact]
    public async Task A_source_that_is_out_for_thirty_days_is_asked_on_and_is_back_within_one_ceiling()
    {
        await using var shop = await OpenAsync(1);
        await SimulateAsync(shop, TimeSpan.FromHours(1));
        shop.Network.Failure = new FetchOutcome.Failed(500, "answered 500");
        var asked = await SimulateAsync(shop, TimeSpan.FromDays(30));
        shop.Network.Failure = null;
        var ended = shop.Clock.GetUtcNow();

        // must: at most an hour between two looks.
        Assert.InRange(asked, 30 * 24, 30 * 24 * 1.5);
        await SimulateAsync(shop, TimeSpan.FromHours(1));
        Assert.InRange(State(shop, 0).AnsweringSince!.Value, ended, ended.AddHours(1));
        Assert.Equal((HealthState.Ok, 0), (State(shop, 0).Condition.State, State(shop, 0).Failures));
        Assert.Single(State(shop, 0).Outages);
    }

    [Fact]
    public async Task No_source_is_blamed_for_our_own_line_and_all_are_asked_at_once_when_it_is_back()
    {
        await using var shop = await OpenAsync(8);
        await SimulateAsync(shop, TimeSpan.FromHours(1));
        shop.Network.Failure = NoDns;
        await SimulateAsync(shop, TimeSpan.FromHours(12));

        Assert.All(shop.Sources, source => Assert.Equal((0, HealthState.Ok), (shop.States.Of(source).Failures, shop.States.Of(source).Condition.State)));
        Assert.All(shop.Sources, source => Assert.Empty(shop.States.Of(source).Outages));
        Assert.All(shop.Sources, source => Assert.NotNull(shop.States.Of(source).FailingSince));
        shop.Network.Failure = null;
        var ended = shop.Clock.GetUtcNow();
        await SimulateAsync(shop, TimeSpan.FromMinutes(13));

        Assert.All(shop.Sources, source => Assert.True(shop.States.Of(source).LastSuccess >= ended));
        var first = shop.Sources.Min(source => shop.States.Of(source).AnsweringSince);
        Assert.All(shop.Sources, source => Assert.InRange(shop.States.Of(source).AnsweringSince!.Value, ended, first!.Value.AddSeconds(1)));
    }

    [Fact]
    public async Task One_dead_host_among_many_is_to_blame_itself()
    {
        await using var shop = await OpenAsync(8);
        shop.Network.Special = request => request.Address.Host == "host-3.example" ? NoDns : null;
        await SimulateAsync(shop, TimeSpan.FromHours(3));

        Assert.Equal(HealthState.Failing, State(shop, 3).Condition.State);
        Assert.All(shop.Sources.Where((_, number) => number != 3), source => Assert.Equal(HealthState.Ok, shop.States.Of(source).Condition.State));
    }

    [Fact]
    public async Task The_third_host_that_is_out_of_reach_tells_that_it_is_our_line_and_it_is_told_once()
    {
        await using var shop = await OpenAsync(4);
        shop.Network.Failure = NoDns;
        var reports = new List<PollReport>();
        foreach (var source in shop.Sources) reports.Add(await shop.Ingest.RunAsync(source, Workshop.Policy, TestContext.Current.CancellationToken));

        Assert.Equal([false, false, true, false], reports.Select(report => report.FoundLineDown));
        Assert.Equal([false, false, true, true], reports.Select(report => report.IsOurLine));
    }

    private static SourceState State(Workshop shop, int number) => shop.States.Of(shop.Sources[number]);

    private static async Task<Workshop> OpenAsync(int sources)
    {
        var shop = await Workshop.OpenAsync();
        shop.Sources.Clear();
        shop.Sources.AddRange(Enumerable.Range(0, sources).Select(number => Make.Source($"source-{number}", $"https://host-{number}.example/feed") with { Class = number % 2 == 0 ? SourceClass.Must : SourceClass.Normal }));
        // Too few dates to know what is usual, so that nothing becomes stale.
        shop.Network.Body = ScriptedFetcher.Vendor([("1", "Libfoo", 9)]);
        return shop;
    }

    /// <summary>Runs the plan for some time.</summary>
    /// <returns>How many polls that were.</returns>
    private static async Task<int> SimulateAsync(Workshop shop, TimeSpan time)
    {
        var (end, polls) = (shop.Clock.GetUtcNow() + time, 0);
        var sweep = new HashSet<SourceId>();
        while (true)
        {
            DateTimeOffset Due(Source source) => sweep.Contains(source.Id) ? DateTimeOffset.MinValue : shop.States.Of(source).NextPoll ?? DateTimeOffset.MinValue;
            var next = shop.Sources.MinBy(Due)!;
            if (Due(next) > end) break;
            if (Due(next) > shop.Clock.GetUtcNow()) shop.Clock.Advance(Due(next) - shop.Clock.GetUtcNow());
            sweep.Remove(next.Id);
            sweep.UnionWith((await shop.Ingest.RunAsync(next, Workshop.Policy, TestContext.Current.CancellationToken)).Sweep);
            polls++;
        }

        shop.Clock.Advance(end - shop.Clock.GetUtcNow());
        return polls;
    }
}
