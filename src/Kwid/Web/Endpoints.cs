using Kwid.Core.Access;
using Kwid.Core.Publishing;
using Kwid.Service;
using Kwid.Web.Metrics;
using Kwid.Web.Operator;

namespace Kwid.Web;

/// <summary>Which address is answered by what. Everything that may be read may be asked with HEAD.</summary>
internal static class Endpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication web, Installation installation, ServiceCondition condition)
    {
        var feeds = new FeedEndpoint(installation);
        var start = new StartPage(installation);
        var recipient = new RecipientPage(installation);
        var status = new StatusPage(installation, condition);
        var capabilities = new CapabilityEndpoint(installation, feeds, http => NotFoundAsync(http, installation));
        foreach (var root in new[] { AskedDocument.Feeds, AskedDocument.Providers })
            web.MapMethods($"/{root}{{**path}}", Reading, http => BearerOf(http.Request) is { } token ? capabilities.ServeBearerAsync(http, root, token) : feeds.ServeAsync(http, root));
        web.MapMethods("/t/{token}/{**path}", Reading, capabilities.ServeAsync);
        web.MapMethods("/", Reading, start.ServeAsync);
        web.MapMethods("/kommunen/{key}", Reading, recipient.ServeAsync);
        web.MapMethods("/status", Reading, status.ServeAsync);
        MetricsEndpoint.Map(web, installation, condition);
        MapOperators(web, installation, condition);
        web.MapMethods("/healthz", Reading, http => http.AnswerTextAsync(StatusCodes.Status200OK, "ok"));
        web.MapMethods("/readyz", Reading, http => ReadyAsync(http, installation, condition));
        web.MapFallback(http => NotFoundAsync(http, installation));
    }

    /// <summary>The capability's token that a request presents (RFC 6750); null when it presents none. Credentials of another kind are a proxy's affair: public feeds answer all the same.</summary>
    private static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries) is [var scheme, var token]
        && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && CapabilityToken.IsMeant(token) ? token : null;

    /// <summary>What is for the operator. Who may not read it learns nothing of what is there.</summary>
    private static void MapOperators(WebApplication web, Installation installation, ServiceCondition condition)
    {
        var access = new OperatorAccess(installation);
        var feed = new OperatorFeedEndpoint(installation, condition);
        RequestDelegate notFound = http => NotFoundAsync(http, installation);
        RequestDelegate operators = http => (string?)http.Request.RouteValues["path"] switch
        {
            "feed.atom" => feed.ServeAsync(http, FeedFormat.Atom),
            "feed.rss" => feed.ServeAsync(http, FeedFormat.Rss),
            _ => notFound(http),
        };
        web.MapMethods("/betrieb/{**path}", Reading, http => access.ServeAsync(http, operators, notFound));
    }

    /// <summary>May be published from: feeds stand on the shelf. A broken store is said, yet feeds are served.</summary>
    private static Task ReadyAsync(HttpContext http, Installation installation, ServiceCondition condition) => installation.Shelf.Last is null
        ? http.AnswerTextAsync(StatusCodes.Status503ServiceUnavailable, "no edition yet")
        : http.AnswerTextAsync(StatusCodes.Status200OK, condition.StoreFault is null ? "ready" : "ready, store not open");

    private static Task NotFoundAsync(HttpContext http, Installation installation)
    {
        Html main = $"<h1>Diese Seite gibt es nicht</h1><p><a href=\"/\">Kommune finden</a></p>";
        return http.AnswerPageAsync(StatusCodes.Status404NotFound, Page.Write(installation.Configuration.Service.Title, "Nicht gefunden", main));
    }
}
