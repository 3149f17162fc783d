using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.EndToEnd.Readers;

public sealed class ThunderbirdTests : IDisposable
{
    private const string Date = "Mon, 02 Mar 2026 12:00:00 GMT";
    private readonly CannedServer _server = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Thunderbird _reader;

    public ThunderbirdTests() => _reader = new Thunderbird(_clock);

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task It_asks_by_date_only_and_sends_back_the_date_it_got()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")), etag: "\"1\"", lastModified: Date);
        _server.Answer(HttpStatusCode.NotModified);

        await PollAsync(times: 2);

        Assert.Equal(["Sat, 01 Jan 2000 00:00:00 GMT", Date], _server.Requests.Select(request => request["If-Modified-Since"]));
        Assert.All(_server.Requests, request => Assert.DoesNotContain("If-None-Match", request.Keys));
        Assert.Empty(_reader.Errors);
    }

    [Fact]
    public async Task A_known_id_rings_once_even_in_another_feed_and_with_another_text()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a", title: "alt")));
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("b"), Canned.Item("a", title: "neu")));
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")));

        await PollAsync(times: 2);
        await PollAsync(feed: new Uri("http://kwid.example/other.rss"));

        Assert.Equal([("a", "alt"), ("b", "Titel")], _reader.Alarms.Select(alarm => (alarm.Id, alarm.Title)));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "")]
    [InlineData(HttpStatusCode.NotFound, "")]
    [InlineData(HttpStatusCode.OK, "<html>Wartung")]
    public async Task One_error_pauses_the_feed(HttpStatusCode status, string body)
    {
        _server.Answer(status, body);

        await PollAsync(times: 3);

        Assert.Single(_server.Requests);
        Assert.Single(_reader.Errors);
        Assert.True(_reader.IsPaused(Canned.Feed));
    }

    [Fact]
    public async Task An_item_that_left_more_than_a_day_ago_is_new_when_it_comes_back()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")));
        _server.Answer(HttpStatusCode.OK, Canned.Rss());
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")));

        await PollAsync();
        _clock.Advance(TimeSpan.FromHours(25));
        await PollAsync(times: 2);

        Assert.Equal(["a", "a"], _reader.Alarms.Select(alarm => alarm.Id));
    }

    [Fact]
    public async Task An_item_that_left_for_less_than_a_day_is_still_known()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")));
        _server.Answer(HttpStatusCode.OK, Canned.Rss());
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")));

        await PollAsync();
        _clock.Advance(TimeSpan.FromHours(23));
        await PollAsync(times: 2);

        Assert.Single(_reader.Alarms);
    }

    private async Task PollAsync(int times = 1, Uri? feed = null)
    {
        using var client = new HttpClient(_server, disposeHandler: false);
        for (var i = 0; i < times; i++)
            await _reader.PollAsync(client, feed ?? Canned.Feed, TestContext.Current.CancellationToken);
    }
}
