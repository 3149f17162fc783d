using System.Text.Json;
using Kwid.Cli;
using Kwid.Cli.Control;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Tests.Cli;

public class PollTextTests
{
    private static readonly DateTimeOffset Next = Make.Instant("2026-11-23T08:10Z");

    private static readonly PolledSource Plain = new("wid", "read", 200, 3, 1, [new RejectedItem("item 4", "no title")], null, Next) { Health = new PolledHealth { State = "ok" } };

    [Fact]
    public void Without_flags_it_says_what_was_done_and_found() => Assert.Equal(
        ["wid: read, 3 new, 1 revised; next poll 2026-11-23 08:10:00Z", "  left out (item 4): no title"],
        PollText.Lines(Plain));

    [Fact]
    public void A_source_that_is_not_well_says_so_though_the_poll_was_answered() => Assert.Equal(
        "  health: stale since 2026-11-23 08:10:00Z. Nothing new for 9 days; look at the source.",
        PollText.Lines(Plain with { Health = new PolledHealth { State = "stale", Since = Next, Reason = "Nothing new for 9 days; look at the source." } }).Last());

    [Fact]
    public void A_failed_poll_says_why_and_a_dry_run_when_the_next_would_be() => Assert.Equal(
        "wid: FAILED; next poll would be 2026-11-23 08:10:00Z. No answer.",
        PollText.Lines(Plain with { Error = "No answer.", Outcome = "failed", DryRun = true }).First());

    [Fact]
    public void Explained_it_shows_each_request_with_its_answer_and_the_decisions()
    {
        var exchange = new Exchange(
            "https://upstream.example/feed", [new("User-Agent", "Kwid/1"), new("If-None-Match", "\"a\"")], 200, [new("ETag", "\"b\"")], TimeSpan.FromMilliseconds(230.7), 12345);
        var failed = new Exchange("https://upstream.example/other", [], null, [], TimeSpan.FromSeconds(10), 0);

        var lines = PollText.Lines(Plain with
        {
            Rejected = [],
            Exchanges = [PolledExchange.Of(exchange), PolledExchange.Of(failed)],
            Validators = "sent; new ones kept",
            NextPollReason = "interval 10 min",
        });

        Assert.Equal(
            [
                "wid: read, 3 new, 1 revised; next poll 2026-11-23 08:10:00Z",
                "  GET https://upstream.example/feed",
                "    > User-Agent: Kwid/1",
                "    > If-None-Match: \"a\"",
                "  HTTP 200, 12345 bytes in 230 ms",
                "    < ETag: \"b\"",
                "  GET https://upstream.example/other",
                "  no answer after 10000 ms",
                "  validators: sent; new ones kept",
                "  next poll 2026-11-23 08:10:00Z: interval 10 min",
                "  health: ok",
            ],
            lines);
    }

    [Fact]
    public void As_json_a_source_has_the_agreed_names_first_and_explanations_only_on_demand()
    {
        using var plain = JsonDocument.Parse(JsonSerializer.Serialize(Plain, ControlClient.Json));
        using var explained = JsonDocument.Parse(JsonSerializer.Serialize(Plain with { Exchanges = [], Validators = "", NextPollReason = "" }, ControlClient.Json));

        string[] agreed = ["id", "outcome", "httpStatus", "new", "revised", "rejected", "error", "nextPoll"];
        Assert.Equal([.. agreed.Order(StringComparer.Ordinal), "dryRun", "health"], [.. Names(plain).Where(agreed.Contains).Order(StringComparer.Ordinal), .. Names(plain).Except(agreed).Order(StringComparer.Ordinal)]);
        Assert.Equal(["dryRun", "exchanges", "health", "nextPollReason", "validators"], Names(explained).Except(agreed).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "state", "reason", "remark", "since", "lastSuccess", "lastNew", "lastHttpStatus", "bytes", "latencyP50Ms", "latencyP95Ms", "nextPoll", "consecutiveErrors",
                "certificateExpires", "coverageHours", "gaps", "held",
            ],
            plain.RootElement.GetProperty("health").EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData(HealthState.Ok, "ok")]
    [InlineData(HealthState.NotAFeed, "notAFeed")]
    [InlineData(HealthState.Paused, "paused")]
    public void Health_is_told_in_the_agreed_words(HealthState state, string word) =>
        Assert.Equal(word, PolledHealth.Of(new SourceHealth { Source = new SourceId("wid"), State = state }).State);

    private static IEnumerable<string> Names(JsonDocument json) => json.RootElement.EnumerateObject().Select(property => property.Name);
}
