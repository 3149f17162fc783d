using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Web.Operator;
using Microsoft.AspNetCore.Http;

namespace Kwid.Tests.Web;

public sealed class OperatorFeedEndpointTests : IAsyncDisposable
{
    private readonly WebWorkshop _workshop = new();
    private readonly OperatorFeedEndpoint _endpoint;

    public OperatorFeedEndpointTests() => _endpoint = new OperatorFeedEndpoint(_workshop.Installation, _workshop.Condition);

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task It_is_answered_with_304_until_something_happens()
    {
        var first = await AskAsync();
        var tag = first.Response.Headers.ETag.ToString();
        var date = first.Response.Headers.LastModified.ToString();

        var byTag = await AskAsync(request => request.Headers.IfNoneMatch = $"W/{tag}");
        var byDate = await AskAsync(request => request.Headers.IfModifiedSince = date);
        _workshop.Fare(state => state with { Outages = [new Outage(_workshop.Clock.Start, HealthState.Failing, null, 1, _workshop.Clock.Start, null)] });
        var changed = await AskAsync(request => request.Headers.IfNoneMatch = tag);
        var changedByDate = await AskAsync(request => request.Headers.IfModifiedSince = date);

        Assert.Equal([200, 304, 304, 200, 200], new[] { first, byTag, byDate, changed, changedByDate }.Select(http => http.Response.StatusCode));
        Assert.Equal("private, no-cache", changed.Response.Headers.CacheControl.ToString());
        Assert.Equal("application/atom+xml; charset=utf-8", changed.Response.ContentType);
        Assert.Equal("", Text(byTag));
        Assert.Contains("[GESTÖRT] bsi-wid", Text(changed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_configuration_is_an_entry_until_it_is_mended_and_then_says_so()
    {
        _workshop.WriteNonsense();
        _workshop.Keeper.Reload();
        var refused = Text(await AskAsync());
        _workshop.Write();
        _workshop.Keeper.Reload();
        var mended = Text(await AskAsync());

        Assert.Contains("[ABGELEHNT] Konfiguration: ", refused, StringComparison.Ordinal);
        Assert.Contains("servis", refused, StringComparison.Ordinal);
        Assert.Contains("[BEHOBEN] Konfiguration: ", mended, StringComparison.Ordinal);
        Assert.Equal(IdOfEntry(refused), IdOfEntry(mended));
    }

    [Fact]
    public async Task Faults_of_store_publishing_and_line_are_entries()
    {
        _workshop.Condition.StoreFault = "The file is locked.";
        _workshop.Condition.PublishingFault = "The clock is wrong.";
        _workshop.Condition.EditionFault = "Kwid failed.";
        _workshop.Condition.Retention.Note("Nobody confirms the clock.");
        _workshop.Condition.IsLineUp = () => false;
        var during = Text(await AskAsync());
        _workshop.Clock.Advance(TimeSpan.FromMinutes(10));
        _workshop.Condition.StoreFault = null;
        var after = Text(await AskAsync());

        Assert.All(
            ["[GESTÖRT] Speicher: nichts Neues wird gespeichert seit 09:00", "[GESTÖRT] Veröffentlichung: angehalten seit 09:00", "[GESTÖRT] Veröffentlichung: fehlgeschlagen seit 09:00", "[GESTÖRT] Aufbewahrung: angehalten seit 09:00", "[GESTÖRT] Eigene Leitung: gestört seit 09:00", "The file is locked."],
            part => Assert.Contains(part, during, StringComparison.Ordinal));
        Assert.Contains("betrieb/speicher/20261123T080000Z<", during, StringComparison.Ordinal);
        Assert.Contains("[BEHOBEN] Speicher: nichts Neues wird gespeichert von 09:00 bis 09:10", after, StringComparison.Ordinal);
        Assert.Contains("betrieb/speicher/20261123T080000Z<", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_request_has_the_length_and_no_body()
    {
        var http = await AskAsync(request => request.Method = "HEAD");

        Assert.Equal("", Text(http));
        Assert.True(http.Response.ContentLength > 0);
    }

    private static string IdOfEntry(string feed) => feed.Split("<id>")[2].Split('<')[0];

    private async Task<HttpContext> AskAsync(Action<HttpRequest>? ask = null)
    {
        var http = new DefaultHttpContext();
        http.Response.Body = new MemoryStream();
        ask?.Invoke(http.Request);
        await _endpoint.ServeAsync(http, FeedFormat.Atom);
        return http;
    }

    private static string Text(HttpContext http) => Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
}
