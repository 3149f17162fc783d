using System.Net;

namespace Kwid.EndToEnd.Readers;

public sealed class PowerAutomateTests : IDisposable
{
    private readonly CannedServer _server = new();
    private readonly PowerAutomate _reader = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Only_dates_strictly_later_than_the_last_fire()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a", minute: 5)));
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("later", minute: 7), Canned.Item("same", minute: 5), Canned.Item("earlier", minute: 4)));
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("later", minute: 7), Canned.Item("between", minute: 6)));

        await PollAsync(3);

        Assert.Equal(["later"], _reader.Alarms.Select(alarm => alarm.Id));
    }

    [Fact]
    public async Task The_first_poll_fires_nothing()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a"), Canned.Item("b", minute: 1)));

        await PollAsync();

        Assert.Empty(_reader.Alarms);
    }

    [Fact]
    public async Task Its_requests_are_never_conditional()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")), etag: "\"1\"", lastModified: "Mon, 02 Mar 2026 12:00:00 GMT");
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")));

        await PollAsync(2);

        Assert.All(_server.Requests, request => Assert.DoesNotContain(request.Keys, name => name.StartsWith("If-", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_body_over_five_megabytes_is_an_error_and_it_asks_again()
    {
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a", more: new string(' ', 5 * 1024 * 1024))));
        _server.Answer(HttpStatusCode.OK, Canned.Rss(Canned.Item("a")));

        await PollAsync(2);

        Assert.Single(_reader.Errors);
        Assert.Equal(2, _server.Requests.Count);
    }

    private async Task PollAsync(int times = 1)
    {
        using var client = new HttpClient(_server, disposeHandler: false);
        for (var i = 0; i < times; i++)
            await _reader.PollAsync(client, Canned.Feed, TestContext.Current.CancellationToken);
    }
}
