using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Kwid.Web;

/// <summary>Answers with documents that are made when they are asked for, in one coding; how long they may be kept is the caller's to say.</summary>
internal static class Documents
{
    /// <summary>The tag of these bytes and no others.</summary>
    public static EntityTagHeaderValue TagOf(byte[] body) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"");

    /// <summary>200 with the document, or 304 to who has it already.</summary>
    public static async Task AnswerDocumentAsync(this HttpContext http, string mediaType, byte[] body, EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        var headers = http.Response.Headers;
        headers.ETag = tag.ToString();
        headers.LastModified = HeaderUtilities.FormatDate(modified);
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        if (IsKnown(http.Request, tag, modified))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = mediaType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>RFC 9110 §13: If-None-Match decides, and compares weakly; the date only where there is none.</summary>
    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag, DateTimeOffset modified)
    {
        var asked = request.GetTypedHeaders();
        return asked.IfNoneMatch.Count > 0
            ? asked.IfNoneMatch.Any(each => each.Tag == "*" || each.Compare(tag, useStrongComparison: false))
            : asked.IfModifiedSince is { } since && modified <= since;
    }
}
