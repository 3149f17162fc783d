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
        var feed = FeedAddress.ProtectedFeed(capability.Holder);
        if (path != Pages + capability.Holder || FeedAddress.ProviderIn(capability.Holder) is not null || !installation.Shelf.Feeds.ContainsKey(feed) || !capability.IsInForce(installation.Clock.GetUtcNow())) return MissAsync(http);
        Note(http, capability, feed, installation.Shelf.Last?.Number ?? 0);
        return _page.ServeAsync(http, capability, token);
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
        // Before the document: it shows at least this edition.
        var edition = installation.Shelf.Last?.Number ?? 0;
        if (installation.Shelf.Find(asked.Address.Protected, capability, successor) is not { } document) return MissAsync(http);
        // Who asks for the list has not yet read what is urgent.
        if (!asked.IsList && document.Address.Archive is null) Note(http, capability, document.Address.Feed, edition);
        return feeds.AnswerProtectedAsync(http, asked, document, token);
    }

    private void Note(HttpContext http, Capability capability, string feed, int edition)
    {
        var (now, reader) = (installation.Clock.GetUtcNow(), ReaderFamily.Of(http.Request.Headers.UserAgent));
        if (capability.IsInForce(now)) installation.Capabilities.Use(capability.Id, known => Used(known, feed, edition, now, reader));
    }

    /// <summary>With what is urgent and was served for the first time: by the numbers of editions, since their instants are cut to the second.</summary>
    private Capability Used(Capability known, string feed, int edition, DateTimeOffset now, string reader)
    {
        var issued = known.Issued.AddTicks(-(known.Issued.Ticks % TimeSpan.TicksPerSecond));
        var urgent = installation.Shelf.Urgent(feed, (number, instant) => known.LastEdition is { } last ? number > last : instant >= issued).Where(one => one.Edition <= edition);
        return known with
        {
            LastUsed = now,
            LastReader = reader,
            LastEdition = Math.Max(known.LastEdition ?? 0, edition),
            UrgentFetches = [.. known.UrgentFetches.Concat(urgent.Select(one => new UrgentFetch(one.Revision, one.Instant, now))).TakeLast(Capability.MostUrgentFetches)],
        };
    }

    private Task MissAsync(HttpContext http)
    {
        http.Response.Headers.Remove("Referrer-Policy");
        http.Response.Headers.Remove("X-Robots-Tag");
        return notFound(http);
    }
}
