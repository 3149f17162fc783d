using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources.Csaf;

public class FirstImportTests
{
    [Fact]
    public async Task What_is_older_than_the_history_is_only_listed_and_the_rest_is_read_newest_first()
    {
        var upstream = CsafUpstream.WithRolie();
        upstream.Publish("old", "2026-01-01T00:00:00Z");
        upstream.Publish("recent", "2026-10-01T00:00:00Z");
        upstream.Publish("newest", "2026-10-31T00:00:00Z");

        var steps = await upstream.PollAsync();

        Assert.Equal(["newest", "recent"], steps.Names());
        Assert.Equal(["old"], steps.SelectMany(step => step.Listed));
        Assert.DoesNotContain(upstream.Asked, asked => asked.Contains("old.json", StringComparison.Ordinal));
        Assert.All(steps.SelectMany(step => step.Documents), document => Assert.Equal(upstream.Time.GetUtcNow(), document.NewsSince));
    }

    [Fact]
    public async Task It_is_spread_over_polls_and_all_of_it_is_of_the_instant_at_which_it_began()
    {
        var upstream = CsafUpstream.WithRolie();
        upstream.Plan = new CsafPlan(TimeSpan.FromDays(90), 2);
        foreach (var day in Enumerable.Range(1, 5)) upstream.Publish($"d{day}", string.Create(CultureInfo.InvariantCulture, $"2026-10-{day:00}T00:00:00Z"));
        var began = upstream.Time.GetUtcNow();
        var polls = new List<List<WalkStep>>();

        for (var poll = 0; poll < 4; poll++)
        {
            polls.Add(await upstream.PollAsync());
            upstream.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(["d5 d4", "d3 d2", "d1", ""], polls.Select(steps => string.Join(' ', steps.Names())));
        Assert.All(polls.SelectMany(steps => steps).SelectMany(step => step.Documents), document => Assert.Equal(began, document.NewsSince));
        Assert.IsType<FetchOutcome.NotModified>(Assert.Single(polls[3]).Outcome);
        Assert.Equal([$"304 {CsafUpstream.Metadata}", $"304 {CsafUpstream.Rolie}"], upstream.Asked);
    }

    [Fact]
    public async Task After_a_crash_between_two_steps_only_what_was_not_committed_is_read_again()
    {
        var upstream = CsafUpstream.WithRolie();
        foreach (var number in Enumerable.Range(100, 120)) upstream.Publish($"d{number}", "2026-10-01T00:00:00Z");
        var steps = await upstream.PollAsync();
        upstream.Cursor = steps[0].Cursor;

        var again = await upstream.PollAsync();

        Assert.Equal([50, 50, 20], steps.Select(step => step.Documents.Count));
        Assert.Equal(steps.Skip(1).Names(), again.Names());
    }

    [Fact]
    public async Task A_large_document_begins_a_batch_of_its_own()
    {
        var upstream = CsafUpstream.WithRolie();
        foreach (var number in Enumerable.Range(1, 3)) upstream.Publish($"d{number}", "2026-10-01T00:00:00Z", CsafUpstream.Anything + new string(' ', 5 * 1024 * 1024));

        var steps = await upstream.PollAsync();

        Assert.Equal([1, 1, 1], steps.Select(step => step.Documents.Count));
    }

    [Fact]
    public async Task Where_all_is_old_the_names_come_in_a_step_without_documents()
    {
        var upstream = CsafUpstream.WithRolie();
        upstream.Publish("old", "2026-01-01T00:00:00Z");

        var step = Assert.Single(await upstream.PollAsync());

        Assert.IsType<FetchOutcome.NotModified>(step.Outcome);
        Assert.Empty(step.Documents);
        Assert.Equal(["old"], step.Listed);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"Version":1,"Documents":"AAAA"}""")]
    [InlineData("""{"Version":1,"Indexes":[null],"Documents":"AAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("""{"Version":1,"Provider":{"Address":"../x","Indexes":[null]}}""")]
    [InlineData("""{"Version":2,"Provider":{"Address":"https://csaf.example/"}}""")]
    public async Task A_cursor_that_is_not_ours_begins_anew(string cursor)
    {
        var upstream = CsafUpstream.WithRolie();
        upstream.Publish("one", "2026-10-01T00:00:00Z");
        upstream.Cursor = cursor;

        Assert.Equal(["one"], (await upstream.PollAsync()).Names());
    }

    [Fact]
    public async Task Fifty_thousand_documents_are_remembered_in_less_than_a_megabyte_and_a_half()
    {
        var upstream = CsafUpstream.WithDirectory();
        upstream.Show(CsafUpstream.White + "changes.csv", string.Concat(Enumerable.Range(0, 50_000).Select(number => $"2020/d{number}.json,2020-01-01T00:00:00Z\n")));

        var step = Assert.Single(await upstream.PollAsync());

        Assert.Equal(50_000, step.Listed.Count);
        Assert.InRange(step.Cursor!.Length, 1, 1_500_000);
    }
}
