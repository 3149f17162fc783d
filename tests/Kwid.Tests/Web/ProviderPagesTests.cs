using System.Net;
using System.Text;
using Kwid.Core.Model;
using Kwid.Web;
using Microsoft.AspNetCore.Http;

namespace Kwid.Tests.Web;

/// <summary>What pages say of providers, and of protected feeds.</summary>
public sealed class ProviderPagesTests : IAsyncDisposable
{
    private readonly WebWorkshop _workshop = new(more: " }, \"providers\": [ { \"id\": \"kdn\", \"name\": \"K & N\", \"recipients\": [\"05315000\"] }, { \"id\": \"other\", \"recipients\": [] } ], \"polling\": {");

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task A_recipients_page_names_the_lists_of_its_providers_alone()
    {
        var text = await ReadAsync(http =>
        {
            http.Request.RouteValues["key"] = "05315000";
            return new RecipientPage(_workshop.Installation).ServeAsync(http);
        });

        Assert.Contains("K & N", text, StringComparison.Ordinal);
        Assert.Contains("https://kwid.example/providers/kdn.opml", text, StringComparison.Ordinal);
        Assert.DoesNotContain("other", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_protected_feed_without_entries_says_that_this_is_well()
    {
        var shelf = _workshop.Installation.Shelf;
        shelf.Append(new Edition(1, Make.Instant("2026-11-23T08:00Z"), [], [new FeedChange("05315000/intern", "Köln (geschützt)", new Segment("standard/GREEN", 1), Ended: false)], null), []);
        var (capability, token) = _workshop.Installation.Capabilities.Make("05315000", "IT-Leitung", Make.Instant("2026-11-23T08:00Z"), expires: null);

        var text = await ReadAsync(http => new ProtectedPage(_workshop.Installation).ServeAsync(http, capability, token));

        Assert.Contains("Zurzeit liegen keine Hinweise vor.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<ul>\n</ul>", text, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(Func<HttpContext, Task> serve)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await serve(http);
        return WebUtility.HtmlDecode(Encoding.UTF8.GetString(body.ToArray()));
    }
}
