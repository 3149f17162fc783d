using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Sources.Csaf;

public class ChangedDocumentTests
{
    private readonly CsafUpstream _upstream = CsafUpstream.WithRolie();

    public ChangedDocumentTests()
    {
        _upstream.Publish("old", "2026-01-01T00:00:00Z");
        _upstream.Publish("read", "2026-10-01T00:00:00Z");
    }

    [Fact]
    public async Task An_unchanged_provider_costs_two_304()
    {
        await _upstream.PollAsync();

        var step = Assert.Single(await _upstream.PollAsync());

        Assert.IsType<FetchOutcome.NotModified>(step.Outcome);
        Assert.Equal([$"304 {CsafUpstream.Metadata}", $"304 {CsafUpstream.Rolie}"], _upstream.Asked);
    }

    [Theory]
    [InlineData("2026-11-02T00:00:00Z")]
    [InlineData("2026-09-01T00:00:00Z")]
    public async Task Another_date_makes_it_read_again_even_an_older_one(string updated)
    {
        await _upstream.PollAsync();
        _upstream.Publish("read", updated);

        var document = (await _upstream.PollAsync()).SelectMany(step => step.Documents).Single();

        Assert.EndsWith("/read.json", document.Address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Null(document.NewsSince);
    }

    [Fact]
    public async Task A_change_of_what_was_only_listed_is_news_from_its_former_date_on_however_late_it_is_read()
    {
        await _upstream.PollAsync();
        _upstream.Publish("old", "2026-11-02T00:00:00Z");
        _upstream.Failures[CsafUpstream.At("old")] = new FetchOutcome.Failed(404, "answered 404");
        await _upstream.PollAsync();
        _upstream.Failures.Clear();
        _upstream.Time.Advance(TimeSpan.FromDays(1));

        var document = (await _upstream.PollAsync()).SelectMany(step => step.Documents).Single();

        Assert.Equal(Make.Instant("2026-01-01T00:00Z"), document.NewsSince);
    }

    [Fact]
    public async Task What_is_new_in_the_index_is_news_if_a_first_import_would_read_it()
    {
        await _upstream.PollAsync();
        _upstream.Publish("new", "2026-08-04T00:00:00Z");

        var document = (await _upstream.PollAsync()).SelectMany(step => step.Documents).Single();

        Assert.Null(document.NewsSince);
    }

    [Fact]
    public async Task Former_years_that_a_provider_lists_later_are_read_and_no_news_even_if_they_fail_at_first()
    {
        await _upstream.PollAsync();
        _upstream.Publish("served", "2025-11-02T00:00:00Z");
        _upstream.Publish("failing", "2025-11-02T00:00:00Z");
        _upstream.Failures[CsafUpstream.At("failing")] = new FetchOutcome.Failed(404, "answered 404");
        var (noticed, first) = (_upstream.Time.GetUtcNow(), await _upstream.PollAsync());
        _upstream.Failures.Clear();
        _upstream.Time.Advance(TimeSpan.FromHours(1));

        var second = await _upstream.PollAsync();

        var documents = first.Concat(second).SelectMany(step => step.Documents).Select(document => (document.Address.Segments[^1], document.NewsSince));
        Assert.Equal([("served.json", noticed), ("failing.json", noticed.AddHours(1))], documents);
    }

    [Fact]
    public async Task News_come_before_what_is_left_of_the_first_import()
    {
        _upstream.Plan = new CsafPlan(TimeSpan.FromDays(90), 1);
        _upstream.Publish("later", "2026-10-02T00:00:00Z");
        await _upstream.PollAsync();
        _upstream.Publish("new", "2026-08-30T00:00:00Z");

        var second = await _upstream.PollAsync();
        var third = await _upstream.PollAsync();

        Assert.Equal(["new"], second.Names());
        Assert.Equal(["read"], third.Names());
    }

    [Fact]
    public async Task An_interim_document_is_looked_at_daily_until_thirty_days_after_its_change()
    {
        _upstream.Publish("interim", "2026-10-31T00:00:00Z", """{ "document": { "tracking": { "status" : "interim" } } }""");
        await _upstream.PollAsync();
        var looks = new List<DateTimeOffset>();

        for (var hour = 0; hour < 24 * 40; hour += 6)
        {
            _upstream.Time.Advance(TimeSpan.FromHours(6));
            if ((await _upstream.PollAsync()).Names().Contains("interim")) looks.Add(_upstream.Time.GetUtcNow());
        }

        Assert.InRange(looks.Count, 28, 30);
        Assert.All(looks.Zip(looks.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromDays(1)));
        Assert.True(looks[^1] < Make.Instant("2026-12-02T00:00Z"));
    }

    [Fact]
    public async Task A_document_that_two_feeds_list_is_read_once()
    {
        _upstream.Show(CsafUpstream.Metadata, $$$"""{ "distributions": [ { "rolie": { "feeds": [ { "tlp_label": "WHITE", "url": "{{{CsafUpstream.Rolie}}}" }, { "tlp_label": "WHITE", "url": "all.json" } ] } } ] }""");
        _upstream.Show("https://csaf.example/.well-known/csaf/all.json", $$$"""{ "feed": { "entry": [ { "updated": "2026-10-02T00:00:00Z", "content": { "src": "{{{CsafUpstream.At("read")}}}" } } ] } }""");

        var first = await _upstream.PollAsync();
        _upstream.Publish("read", "2026-11-02T00:00:00Z");
        var second = await _upstream.PollAsync();
        var third = await _upstream.PollAsync();

        Assert.Equal([["read"], ["read"], []], new[] { first, second, third }.Select(steps => steps.Names().ToArray()));
    }

    [Fact]
    public async Task A_feed_that_has_moved_does_not_make_its_documents_news_again()
    {
        await _upstream.PollAsync();
        _upstream.Files["https://csaf.example/moved.json"] = _upstream.Files[CsafUpstream.Rolie];
        _upstream.Show(CsafUpstream.Metadata, """{ "distributions": [ { "rolie": { "feeds": [ { "tlp_label": "WHITE", "url": "/moved.json" } ] } } ] }""");

        var steps = await _upstream.PollAsync();

        Assert.Empty(steps.Names());
        Assert.Empty(steps.SelectMany(step => step.Listed));
        Assert.Equal([$"200 {CsafUpstream.Metadata}", "200 https://csaf.example/moved.json"], _upstream.Asked);
    }
}
