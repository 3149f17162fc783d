using System.Globalization;
using Kwid.Core.Publishing;
using Kwid.Service;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kwid.Web;

/// <summary>
/// Serves what stands on the shelf: 304 when the reader's validator still holds, else 200; never touches the store. A valid address fails for no reason.
/// </summary>
internal sealed class FeedEndpoint(Installation installation)
{
    /// <summary>Answers a public address.</summary>
    /// <param name="http">Its route has a <c>path</c>.</param>
    /// <param name="root">What that is below: <see cref="AskedDocument.Feeds"/> or <see cref="AskedDocument.Providers"/>.</param>
    public Task ServeAsync(HttpContext http, string root)
    {
        var (path, home) = (root + (string?)http.Request.RouteValues["path"], installation.Configuration.Service.PublicUrl);
        if (installation.Configuration.Closed) return http.AnswerTextAsync(StatusCodes.Status404NotFound, "Dieser Dienst hat keine öffentlichen Feeds.");
        if (AskedDocument.Find(path) is not { } asked || installation.Shelf.Find(asked.Address) is not { } document)
        {
            var where = root == AskedDocument.Feeds ? "Ihre Adresse finden Sie mit dem Namen Ihrer Kommune unter" : "Die Adresse eines IT-Dienstleisters nennt der Betreiber dieses Dienstes:";
            return http.AnswerTextAsync(StatusCodes.Status404NotFound, $"Hier ist kein Feed: /{path}. {where} {home}/.");
        }

        if (document.IsGone) return http.AnswerTextAsync(StatusCodes.Status410Gone, $"Dieser Feed wurde beendet. Neue Adressen stehen unter {home}/.");
        (http.Response.Headers.CacheControl, http.Response.Headers.Vary) = ("max-age=300", HeaderNames.AcceptEncoding);
        return asked.IsList ? AnswerListAsync(http, document, home) : AnswerAsync(http, document);
    }

    /// <summary>Answers with a document that the request may see by its capability.</summary>
    /// <param name="http">What is asked.</param>
    /// <param name="asked">The document or its list.</param>
    /// <param name="document">The one that the capability opens.</param>
    /// <param name="token">As it stands in the address; null when it came as a header, so that the answer depends on that.</param>
    public Task AnswerProtectedAsync(HttpContext http, AskedDocument asked, ShelvedDocument document, string? token)
    {
        var (headers, home) = (http.Response.Headers, installation.Configuration.Service.PublicUrl);
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.CacheControl = "private, max-age=300";
        headers.Vary = token is null ? $"{HeaderNames.AcceptEncoding}, {HeaderNames.Authorization}" : HeaderNames.AcceptEncoding;
        if (document.IsGone) return http.AnswerTextAsync(StatusCodes.Status410Gone, $"Diese Adresse gilt nicht mehr. Eine neue bekommen Sie vom Betreiber dieses Dienstes: {home}/.");
        return asked.IsList ? AnswerListAsync(http, document, token is null ? home : $"{home}/t/{token}") : AnswerAsync(http, document);
    }

    /// <summary>The list bears the date of the feed that it begins with: who is served, and under what names, changes that feed, too. What else changes it, the tag tells.</summary>
    private Task AnswerListAsync(HttpContext http, ShelvedDocument document, string below)
    {
        var body = ProviderList.Write(installation, document.Address, below);
        return http.AnswerDocumentAsync("text/x-opml; charset=utf-8", body, Documents.TagOf(body), document.Modified);
    }

    private static Task AnswerAsync(HttpContext http, ShelvedDocument document)
    {
        var matched = MatchingTag(http.Request.Headers.IfNoneMatch, document.Tag);
        var fresh = http.Request.Headers.IfNoneMatch.Count > 0 ? matched is not null : IsNotModifiedSince(http.Request, document.Modified);
        var coding = matched is { } tag ? tag.Coding : Choose(http.Request, document);

        var headers = http.Response.Headers;
        headers.ETag = ETag(document.Tag, coding);
        headers.LastModified = HeaderUtilities.FormatDate(document.Modified);
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        if (fresh)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = document.Address.Format is FeedFormat.Atom ? "application/atom+xml; charset=utf-8" : "application/rss+xml; charset=utf-8";
        if (coding is not null) headers.ContentEncoding = coding;
        return SendAsync(http, coding is null ? document.Plain() : [document.Compressed(coding)]);
    }

    private static async Task SendAsync(HttpContext http, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        http.Response.ContentLength = pieces.Sum(piece => (long)piece.Length);
        if (HttpMethods.IsHead(http.Request.Method)) return;
        foreach (var piece in pieces) await http.Response.BodyWriter.WriteAsync(piece, http.RequestAborted);
    }

    /// <summary>
    /// If-None-Match compares weakly (RFC 9110 §13.1.2): proxies that recompress mark our tags with W/. A tag of another coding names the same state
    /// of the feed, so it matches as well, and the 304 repeats it.
    /// </summary>
    private static (bool Any, string? Coding)? MatchingTag(StringValues ifNoneMatch, string tag)
    {
        foreach (var value in ifNoneMatch.SelectMany(line => (line ?? "").Split(',')).Select(value => value.Trim()))
        {
            if (value == "*") return (true, null);
            var opaque = value.StartsWith("W/", StringComparison.Ordinal) ? value[2..] : value;
            foreach (var coding in (ReadOnlySpan<string?>)[null, "gzip", "br"])
                if (opaque == ETag(tag, coding)) return (false, coding);
        }

        return null;
    }

    private static bool IsNotModifiedSince(HttpRequest request, DateTimeOffset modified) =>
        HeaderUtilities.TryParseDate(request.Headers.IfModifiedSince.ToString(), out var since) && modified <= since;

    private static string ETag(string tag, string? coding) => string.Create(CultureInfo.InvariantCulture, $"\"{tag}{(coding is null ? "" : "-" + coding)}\"");

    private static string? Choose(HttpRequest request, ShelvedDocument document)
    {
        // Accept-Encoding lists are short; a coding with q=0 is refused (RFC 9110 §12.5.3).
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)) return null;
        bool Accepts(string coding) => accepted.Any(each => each.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && each.Quality is not 0);
        return document.Choose(Accepts("gzip"), Accepts("br"));
    }
}
