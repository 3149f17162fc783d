using Kwid.Core.Access;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Web;

/// <summary>
/// <c>/t/{token}/…</c>: the addresses that are their own permission. Whatever is wrong with one, it is answered the same way, by <paramref name="notFound"/>: nobody learns whether a
/// token, a recipient or a document exists.
/// </summary>
internal sealed class CapabilityEndpoint(Installation installation, FeedEndpoint feeds, RequestDelegate notFound)
{
    private const string Pages = "kommunen/";

    private readonly ProtectedPage _page = new(installation);

    /// <summary>Answers an address.</summary>
    public Task ServeAsync(HttpContext http)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        var token = (string?)http.Request.RouteValues["token"] ?? "";
        var path = (string?)http.Request.RouteValues["path"] ?? "";
        if (installation.Capabilities.FindByToken(token) is not { } capability) return MissAsync(http);
        if (AskedDocument.Find(path) is { } asked) return ServeDocumentAsync(http, capability, asked, token);
        return path == Pages + capability.Holder && FeedAddress.ProviderIn(capability.Holder) is null && installation.Shelf.Feeds.ContainsKey(FeedAddress.ProtectedFeed(capability.Holder)) && capability.IsInForce(installation.Clock.GetUtcNow())
            ? _page.ServeAsync(http, capability, token)
            : MissAsync(http);
    }

    /// <summary>Answers a public address to who presents a token with it (RFC 6750): the protected feed of the same holder.</summary>
    /// <param name="http">Its route has a <c>path</c>.</param>
    /// <param name="root">What that is below.</param>
    /// <param name="token">Right or wrong.</param>
    public Task ServeBearerAsync(HttpContext http, string root, string token) =>
        installation.Capabilities.FindByToken(token) is { } capability && AskedDocument.Find(root + (string?)http.Request.RouteValues["path"]) is { } asked
            ? ServeDocumentAsync(http, capability, asked, token: null)
            : MissAsync(http);

    private Task ServeDocumentAsync(HttpContext http, Capability capability, AskedDocument asked, string? token)
    {
        if (asked.Address.Feed != capability.Holder) return MissAsync(http);
        var successor = capability.Successor is { } id ? installation.Capabilities.Find(id) : null;
        if (installation.Shelf.Find(asked.Address.Protected, capability, successor) is not { } document) return MissAsync(http);
        // Who asks for the list has not yet read what is urgent.
        if (!asked.IsList) Note(http, capability, document.Address);
        return feeds.AnswerProtectedAsync(http, asked, document, token);
    }

    private void Note(HttpContext http, Capability capability, FeedAddress address)
    {
        if (!capability.IsInForce(installation.Clock.GetUtcNow()) || address.Archive is not null) return;
        var (now, reader) = (installation.Clock.GetUtcNow(), ReaderFamily.Of(http.Request.Headers.UserAgent));
        var urgent = installation.Shelf.UrgentSince(address.Feed, capability.LastUsed ?? capability.Issued);
        installation.Capabilities.Use(capability.Id, known => known with
        {
            LastUsed = now,
            LastReader = reader,
            UrgentFetches = urgent.Count == 0 ? known.UrgentFetches : [.. known.UrgentFetches.Concat(urgent.Select(one => new UrgentFetch(one.Revision, one.Instant, now))).TakeLast(Capability.MostUrgentFetches)],
        });
    }

    private Task MissAsync(HttpContext http)
    {
        http.Response.Headers.Remove("Referrer-Policy");
        http.Response.Headers.Remove("X-Robots-Tag");
        return notFound(http);
    }
}
