using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using Kwid.Demo;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Demo;

public sealed class DemoUpstreamTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private DemoUpstream _upstream = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _upstream = await DemoUpstream.StartAsync(_clock, Cancel);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("wid/rss", 60)]
    [InlineData("landes-cert/rss", 12)]
    [InlineData("hersteller/atom", 4)]
    public async Task A_strict_reader_reads_each_upstream(string path, int atLeast)
    {
        var feed = await LoadAsync(path);

        Assert.True(feed.Items.Count() >= atLeast, $"{feed.Items.Count()} entries");
        Assert.All(feed.Items, item => Assert.Contains("Vorführung", item.Title.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wid_items_look_like_those_of_the_federal_cert()
    {
        var feed = await LoadAsync("wid/rss");

        Assert.All(feed.Items, item =>
        {
            Assert.Matches(@"^\[(NEU|UPDATE)\] (\[UNGEPATCHT\] )?\[(kritisch|hoch|mittel|niedrig)\] \S", item.Title.Text);
            Assert.Matches(@"\?name=WID-SEC-2099-\d{4}$", item.Links.Single().Uri.ToString());
            Assert.Null(item.Id);
            Assert.InRange(item.PublishDate, _clock.GetUtcNow().AddDays(-30), _clock.GetUtcNow());
        });
        Assert.Equal(feed.Items.OrderByDescending(item => item.PublishDate).Select(item => item.PublishDate), feed.Items.Select(item => item.PublishDate));
    }

    [Fact]
    public async Task The_wid_feed_shows_the_newest_250_only()
    {
        _clock.Advance(TimeSpan.FromHours(1));

        var feed = await LoadAsync("wid/rss");

        Assert.Equal(250, feed.Items.Count());
        Assert.InRange(feed.Items.First().PublishDate, _clock.GetUtcNow().AddSeconds(-4), _clock.GetUtcNow());
    }

    [Theory]
    [InlineData("wid/rss")]
    [InlineData("hersteller/atom")]
    public async Task An_unchanged_document_is_answered_with_304_for_either_validator(string path)
    {
        using var first = await _client.GetAsync(new Uri(_upstream.Address, path), Cancel);
        using var byTag = await AskAsync(path, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var byDate = await AskAsync(path, request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified);

        Assert.Equal(HttpStatusCode.NotModified, byTag.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, byDate.StatusCode);
        Assert.Equal(first.Headers.ETag, byTag.Headers.ETag);
    }

    [Fact]
    public async Task A_changed_document_is_sent_whatever_validator_is_old()
    {
        using var first = await _client.GetAsync(new Uri(_upstream.Address, "wid/rss"), Cancel);
        _clock.Advance(TimeSpan.FromSeconds(4));

        using var byTag = await AskAsync("wid/rss", request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var byDate = await AskAsync("wid/rss", request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified);

        Assert.Equal(HttpStatusCode.OK, byTag.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byDate.StatusCode);
        Assert.True(byDate.Content.Headers.LastModified > first.Content.Headers.LastModified);
    }

    [Fact]
    public async Task The_configuration_names_all_upstreams_and_lets_them_through()
    {
        using var json = JsonDocument.Parse(_upstream.ConfigurationJson("http://localhost:8080"));
        var root = json.RootElement;

        foreach (var source in root.GetProperty("sources").EnumerateArray())
        {
            using var response = await _client.GetAsync(source.GetProperty("url").GetString(), Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(3, root.GetProperty("sources").GetArrayLength());
        Assert.Equal(_upstream.Address.Authority, root.GetProperty("network").GetProperty("allow")[0].GetString());
        Assert.Equal("05", root.GetProperty("recipients")[0].GetProperty("select").GetString());
        Assert.Equal("http://localhost:8080", root.GetProperty("service").GetProperty("listen").GetString());
    }

    private async Task<HttpResponseMessage> AskAsync(string path, Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_upstream.Address, path));
        prepare(request);
        return await _client.SendAsync(request, Cancel);
    }

    private async Task<SyndicationFeed> LoadAsync(string path)
    {
        await using var body = await _client.GetStreamAsync(new Uri(_upstream.Address, path), Cancel);
        using var xml = XmlReader.Create(body, new XmlReaderSettings { Async = false });
        return SyndicationFeed.Load(xml);
    }
}
