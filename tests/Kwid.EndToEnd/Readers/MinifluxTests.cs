using System.Net;

namespace Kwid.EndToEnd.Readers;

public sealed class MinifluxTests : IDisposable
{
    private const string Date = "Mon, 02 Mar 2026 12:00:00 GMT";
    private readonly CannedServer _server = new();
    private readonly Miniflux _reader = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task It_sends_back_both_validators_byte_for_byte()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")), etag: "\"7-x\"", lastModified: Date);
        _server.Answer(HttpStatusCode.NotModified);

        await PollAsync(2);

        Assert.DoesNotContain("If-None-Match", _server.Requests[0].Keys);
        Assert.Equal(("\"7-x\"", Date), (_server.Requests[1]["If-None-Match"], _server.Requests[1]["If-Modified-Since"]));
    }

    [Fact]
    public async Task A_known_entry_is_replaced_in_silence_and_keeps_its_date()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a", minute: 1, title: "alt")));
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a", minute: 9, title: "neu")));

        await PollAsync(2);

        var alarm = Assert.Single(_reader.Alarms);
        var entry = Assert.Single(_reader.EntriesOf(Canned.Feed));
        Assert.Equal(("alt", "neu"), (alarm.Title, entry.Title));
        Assert.Equal(alarm.Date, entry.Published);
    }

    [Fact]
    public async Task A_second_item_with_the_same_guid_is_another_entry()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a", title: "eins"), Canned.Item("a", title: "zwei")));

        await PollAsync();

        Assert.Equal(["eins", "zwei"], _reader.Alarms.Select(alarm => alarm.Title));
    }

    [Fact]
    public async Task Dublin_core_overrides_title_and_date()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a", more: "<dc:title>dc</dc:title><dc:date>2020-01-01T00:00:00Z</dc:date>")));

        await PollAsync();

        var alarm = Assert.Single(_reader.Alarms);
        Assert.Equal(("dc", 2020), (alarm.Title, alarm.Date!.Value.Year));
    }

    [Fact]
    public async Task The_same_etag_with_200_is_no_change()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")), etag: "\"1\"");
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a"), Canned.Item("b")), etag: "\"1\"");

        await PollAsync(2);

        Assert.Single(_reader.Alarms);
    }

    [Fact]
    public async Task Three_errors_in_a_row_end_it()
    {
        for (var i = 0; i < 3; i++) _server.Answer(HttpStatusCode.BadGateway);

        await PollAsync(5);

        Assert.Equal(3, _server.Requests.Count);
        Assert.True(_reader.HasStopped(Canned.Feed));
    }

    [Fact]
    public async Task A_success_in_between_forgives_the_errors()
    {
        _server.Answer(HttpStatusCode.BadGateway);
        _server.Answer(HttpStatusCode.BadGateway);
        _server.Answer(HttpStatusCode.OK, Canned.Rss());
        _server.Answer(HttpStatusCode.BadGateway);

        await PollAsync(4);

        Assert.False(_reader.HasStopped(Canned.Feed));
        Assert.Equal(3, _reader.Errors.Count);
    }

    [Theory]
    [InlineData("max-age=300", 60)]
    [InlineData("max-age=7200", 120)]
    [InlineData("max-age=9000000", 24 * 60)]
    public async Task It_waits_as_long_as_it_is_told_within_its_limits(string cacheControl, int minutes)
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")), headers: ("Cache-Control", cacheControl));

        await PollAsync();

        Assert.Equal(TimeSpan.FromMinutes(minutes), _reader.WaitOf(Canned.Feed));
    }

    [Fact]
    public async Task It_obeys_retry_after()
    {
        _server.Answer(HttpStatusCode.TooManyRequests, headers: ("Retry-After", "7200"));

        await PollAsync();

        Assert.Equal(TimeSpan.FromHours(2), _reader.WaitOf(Canned.Feed));
    }

    private async Task PollAsync(int times = 1)
    {
        using var client = new HttpClient(_server, disposeHandler: false);
        for (var i = 0; i < times; i++)
            await _reader.PollAsync(client, Canned.Feed, TestContext.Current.CancellationToken);
    }
}
