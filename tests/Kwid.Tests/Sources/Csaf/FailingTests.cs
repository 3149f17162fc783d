using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources.Csaf;

public class FailingTests
{
    private readonly CsafUpstream _upstream = CsafUpstream.WithRolie();

    public FailingTests()
    {
        foreach (var number in Enumerable.Range(1, 9)) _upstream.Publish($"d{number}", string.Create(CultureInfo.InvariantCulture, $"2026-10-0{number}T00:00:00Z"));
    }

    [Fact]
    public async Task What_is_listed_but_not_served_is_told_asked_again_at_least_daily_and_holds_up_nothing()
    {
        foreach (var number in Enumerable.Range(1, 7)) _upstream.Files.Remove(CsafUpstream.At($"d{number}"));

        var first = await _upstream.PollAsync();
        _upstream.Time.Advance(TimeSpan.FromDays(1));
        _upstream.Show(CsafUpstream.At("d3"), CsafUpstream.Anything);
        var second = await _upstream.PollAsync();

        Assert.Equal(["d9", "d8"], first.Names());
        Assert.Equal("7 documents are listed but not served: d1, d2, d3, d4, d5 and 2 more.", first.Remarks());
        Assert.Equal(["d3"], second.Names());
        Assert.Equal("6 documents are listed but not served: d1, d2, d4, d5, d6 and 1 more.", second.Remarks());
        Assert.DoesNotContain(first.Concat(second), step => step.Outcome is FetchOutcome.Failed);
    }

    [Fact]
    public async Task A_missing_document_is_asked_ever_more_seldom_and_for_ever()
    {
        _upstream.Files.Remove(CsafUpstream.At("d1"));
        var asked = 0;

        for (var hour = 0; hour < 24 * 20; hour++)
        {
            await _upstream.PollAsync();
            asked += _upstream.Asked.Count(each => each == $"404 {CsafUpstream.At("d1")}");
            _upstream.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.InRange(asked, 20, 27);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public async Task A_clock_that_is_set_back_puts_no_document_off(int tries)
    {
        _upstream.Files.Remove(CsafUpstream.At("d1"));
        for (var poll = 0; poll < tries; poll++)
        {
            await _upstream.PollAsync();
            _upstream.Time.Advance(TimeSpan.FromDays(1));
        }

        await _upstream.PollAsync();
        _upstream.Show(CsafUpstream.At("d1"), CsafUpstream.Anything);
        Assert.Empty((await _upstream.PollAsync()).Names());

        _upstream.Time.AdjustTime(_upstream.Time.GetUtcNow().AddDays(-2));

        Assert.Equal(["d1"], (await _upstream.PollAsync()).Names());
    }

    [Fact]
    public async Task A_host_that_asks_for_patience_ends_the_walk_and_what_was_read_stays_read()
    {
        _upstream.Failures[CsafUpstream.At("d5")] = new FetchOutcome.Failed(429, "answered 429", TimeSpan.FromMinutes(5));

        var first = await _upstream.PollAsync();
        _upstream.Failures.Clear();
        var second = await _upstream.PollAsync();

        Assert.Equal(["d9", "d8", "d7", "d6"], first.Names());
        Assert.Equal(TimeSpan.FromMinutes(5), Assert.IsType<FetchOutcome.Failed>(first[^1].Outcome).RetryAfter);
        Assert.Equal(["d4", "d3", "d2", "d1", "d5"], second.Names());
    }

    [Fact]
    public async Task A_dead_host_ends_the_walk_and_no_document_is_blamed()
    {
        foreach (var number in Enumerable.Range(1, 9)) _upstream.Failures[CsafUpstream.At($"d{number}")] = new FetchOutcome.Failed(null, "did not answer") { IsUnreached = true };

        var first = await _upstream.PollAsync();
        _upstream.Failures.Clear();
        var second = await _upstream.PollAsync();

        Assert.IsType<FetchOutcome.Failed>(first[^1].Outcome);
        Assert.Equal(9, second.Names().Count());
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(null, null)]
    [InlineData(503, 60)]
    public async Task Documents_that_always_end_the_walk_hold_up_the_others_for_some_polls_and_not_for_ever(int? status, int? pause)
    {
        foreach (var number in Enumerable.Range(5, 5))
            _upstream.Failures[CsafUpstream.At($"d{number}")] = new FetchOutcome.Failed(status, "failed", pause is { } seconds ? TimeSpan.FromSeconds(seconds) : null) { IsUnreached = status is null };
        var read = new List<string>();

        for (var poll = 0; poll < 6; poll++)
        {
            read.AddRange((await _upstream.PollAsync()).Names());
            _upstream.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["d4", "d3", "d2", "d1"], read);
    }

    [Fact]
    public async Task Of_those_at_which_the_walk_broke_off_each_has_its_turn()
    {
        var dead = new FetchOutcome.Failed(null, "did not answer") { IsUnreached = true };
        foreach (var number in Enumerable.Range(1, 9)) _upstream.Failures[CsafUpstream.At($"d{number}")] = dead;
        for (var poll = 0; poll < 3; poll++)
        {
            await _upstream.PollAsync();
            _upstream.Time.Advance(TimeSpan.FromDays(1));
        }

        _upstream.Failures.Remove(CsafUpstream.At("d1"));
        var read = new List<string>();
        for (var poll = 0; poll < 3; poll++)
        {
            read.AddRange((await _upstream.PollAsync()).Names());
            _upstream.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["d1"], read);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><title>Maintenance</title>")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "error": { "document": {} } }""")]
    [InlineData("""{ "document": { "title": "Libf""")]
    [InlineData("""{ "document": { "title": "Libfoo" }""")]
    public async Task A_page_or_half_a_document_is_told_and_asked_again(string text)
    {
        _upstream.Show(CsafUpstream.At("d9"), text);

        var first = await _upstream.PollAsync();
        _upstream.Show(CsafUpstream.At("d9"), CsafUpstream.Anything);
        _upstream.Time.Advance(TimeSpan.FromMinutes(10));
        var second = await _upstream.PollAsync();

        Assert.DoesNotContain("d9", first.Names());
        Assert.Contains("1 document is a page or broken off where a CSAF document should be, and is asked again: d9.", first.Remarks(), StringComparison.Ordinal);
        Assert.DoesNotContain(first, step => step.Outcome is FetchOutcome.Failed);
        Assert.Equal(["d9"], second.Names());
        Assert.Empty(second.Remarks());
    }

    [Theory]
    [InlineData("\uFEFF{ \"document\": {} }")]
    [InlineData("// of us\n{ \"document\": { \"title\": \"a\", }, /* and so on */ }\n")]
    [InlineData("{ \"document\": { \"title\": \"half a pair \\ud800\" } }")]
    public async Task What_reading_forgives_is_no_reason_to_ask_again(string text)
    {
        _upstream.Show(CsafUpstream.At("d9"), text);

        var steps = await _upstream.PollAsync();

        Assert.Contains("d9", steps.Names());
    }

    [Fact]
    public async Task One_document_that_hangs_does_not_hold_up_the_others()
    {
        _upstream.Failures[CsafUpstream.At("d9")] = new FetchOutcome.Failed(null, "did not answer") { IsUnreached = true };

        var steps = await _upstream.PollAsync();

        Assert.Equal(8, steps.Names().Count());
        Assert.Equal("1 document is listed but not served: d9.", steps.Remarks());
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_closed_feed_that_refuses_us_is_a_remark(int status)
    {
        ShowClosed();
        _upstream.Failures["https://csaf.example/green.json"] = new FetchOutcome.Failed(status, "refused");

        var steps = await _upstream.PollAsync();

        Assert.DoesNotContain(steps, step => step.Outcome is FetchOutcome.Failed);
        Assert.Contains($"https://csaf.example/green.json (TLP:GREEN) is not for us: it answered {status}.", steps.Remarks(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_feed_that_answers_gives_its_label_to_its_documents_alone()
    {
        ShowClosed();
        _upstream.Show("https://csaf.example/green.json", $$$"""{ "feed": { "entry": [ { "updated": "2026-10-20T00:00:00Z", "content": { "src": "https://csaf.example/g.json" } }, { "updated": "2026-10-20T00:00:00Z", "content": { "src": "{{{CsafUpstream.At("d1")}}}" } } ] } }""");
        _upstream.Show("https://csaf.example/g.json", CsafUpstream.Anything);

        var labels = (await _upstream.PollAsync()).SelectMany(step => step.Documents).ToDictionary(document => document.Address.Segments[^1], document => document.Label);

        Assert.Equal((Tlp.Green, null, null), (labels["g.json"], labels["d1.json"], labels["d2.json"]));
    }

    [Fact]
    public async Task An_index_that_fails_fails_the_poll_after_the_others_are_read()
    {
        ShowClosed("CLEAR");
        _upstream.Failures["https://csaf.example/green.json"] = new FetchOutcome.Failed(500, "answered 500");

        var first = await _upstream.PollAsync();
        var second = await _upstream.PollAsync();

        Assert.Equal((9, 500), (first.Names().Count(), Assert.IsType<FetchOutcome.Failed>(first[^1].Outcome).Status));
        Assert.Equal(500, Assert.IsType<FetchOutcome.Failed>(Assert.Single(second).Outcome).Status);
    }

    [Fact]
    public async Task Metadata_that_fails_does_not_hold_up_what_is_known()
    {
        await _upstream.PollAsync();
        _upstream.Publish("new", "2026-11-01T00:00:00Z");
        _upstream.Failures[CsafUpstream.Metadata] = new FetchOutcome.Failed(500, "answered 500");

        var steps = await _upstream.PollAsync();

        Assert.Equal(["new"], steps.Names());
        Assert.IsType<FetchOutcome.Failed>(steps[^1].Outcome);
    }

    [Fact]
    public async Task A_feed_that_lists_nothing_any_more_is_told_and_forgets_nothing()
    {
        await _upstream.PollAsync();
        var feed = _upstream.Files[CsafUpstream.Rolie];
        _upstream.Show(CsafUpstream.Rolie, """{ "feed": { "entry": [] } }""");
        var empty = await _upstream.PollAsync();
        _upstream.Files[CsafUpstream.Rolie] = feed;

        var again = await _upstream.PollAsync();

        Assert.Equal($"{CsafUpstream.Rolie} lists no document any more.", empty.Remarks());
        Assert.Empty(again.Names());
    }

    private void ShowClosed(string label = "GREEN") => _upstream.Show(
        CsafUpstream.Metadata,
        $$$"""{ "distributions": [ { "rolie": { "feeds": [ { "tlp_label": "{{{label}}}", "url": "https://csaf.example/green.json" }, { "tlp_label": "WHITE", "url": "{{{CsafUpstream.Rolie}}}" } ] } } ] }""");
}
