using System.Net;
using System.Text;
using Kwid.Core.Model;
using Kwid.Web;
using Microsoft.AspNetCore.Http;

namespace Kwid.Tests.Web;

public sealed class StatusPageTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Since = Make.Instant("2026-11-23T09:20Z");
    private readonly WebWorkshop _workshop = new(sources: """
        { "id": "bsi-wid", "url": "https://upstream.example/feed", "tlp": "CLEAR" },
        { "id": "fine", "url": "https://fine.example/feed", "tlp": "CLEAR" },
        { "id": "off", "url": "https://off.example/feed", "tlp": "CLEAR", "enabled": false }
        """);

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Theory]
    [InlineData(HealthState.Stale, 200, "ungewöhnlich lange still", 1)]
    [InlineData(HealthState.Failing, 503, "antwortet mit Fehler 503", 1)]
    [InlineData(HealthState.Failing, null, "nicht erreichbar", 1)]
    [InlineData(HealthState.NotAFeed, 200, "liefert keinen Feed", 1)]
    [InlineData(HealthState.Moved, 200, "umgezogen", 2)]
    [InlineData(HealthState.Ok, 200, "in Ordnung", 2)]
    public async Task It_says_how_sources_fare_and_since_when_without_reasons_and_addresses(HealthState health, int? status, string words, int well)
    {
        _workshop.Fare(state => state with
        {
            LastPoll = Since,
            LastStatus = status,
            Condition = new SourceCondition(health, Since, "look at https://upstream.example/feed"),
            MovedTo = "https://upstream.example/new",
            LastSuccess = Since.AddMinutes(-10),
            LastNew = Since.AddMinutes(-20),
            NextPoll = Since.AddMinutes(10),
        });

        var text = await ReadAsync();

        Assert.Contains($">bsi-wid</th><td>{words}</td><td>23. November 2026, 10:20 Uhr</td><td>23. November 2026, 10:10 Uhr</td><td>23. November 2026, 10:00 Uhr</td><td>23. November 2026, 10:30 Uhr</td>", text, StringComparison.Ordinal);
        Assert.Contains(well == 2 ? "Alle 2 abgefragten Quellen sind in Ordnung" : "1 von 2 abgefragten Quellen sind in Ordnung", text, StringComparison.Ordinal);
        Assert.DoesNotContain("upstream.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_that_entries_wait_and_that_our_own_line_is_down()
    {
        _workshop.Fare(state => state with { Held = new HeldBatch(Since, [], "repeats") });
        var held = await ReadAsync();
        _workshop.Condition.IsLineUp = () => false;
        var down = await ReadAsync();

        Assert.Contains("Neue Einträge von einer Quelle warten", held, StringComparison.Ordinal);
        Assert.Contains("an seiner eigenen Leitung", down, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_clock_and_a_fault_of_kwid_itself_are_told_in_other_words()
    {
        _workshop.Condition.EditionFault = "Kwid failed over an edition (KeyNotFoundException: secret).";
        var failed = await ReadAsync();
        _workshop.Condition.PublishingFault = "The clock is wrong.";
        var clock = await ReadAsync();

        Assert.Contains("können aber zurzeit nicht veröffentlicht werden", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed, StringComparison.Ordinal);
        Assert.Contains("Die Uhr dieses Dienstes geht falsch", clock, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sources_row_says_how_many_entries_wait_and_nothing_more_of_them()
    {
        var keys = Enumerable.Range(1, 3).Select(number => new RevisionKey(new AdvisoryId($"x.{number}"), 1)).Append(new RevisionKey(new AdvisoryId("x.3"), 2));
        _workshop.Fare(state => state with { LastPoll = Since, Held = new HeldBatch(Since, [.. keys], "38 of 40 repeat") });

        var text = await ReadAsync();

        Assert.Contains("; 3 neue Einträge warten</td>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("38 of 40", text, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync()
    {
        var http = new DefaultHttpContext();
        http.Response.Body = new MemoryStream();
        await new StatusPage(_workshop.Installation, _workshop.Condition).ServeAsync(http);
        return WebUtility.HtmlDecode(Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()));
    }
}
