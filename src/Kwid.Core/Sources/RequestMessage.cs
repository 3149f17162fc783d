using System.Net.Http;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>Composes what is sent: who we are, what we can read, what we have already, and to the source's own host what it wants besides.</summary>
internal static class RequestMessage
{
    private const string Accepted = "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";
    private const string AcceptedOfPages = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5";

    /// <summary>A request for where the subject has come to.</summary>
    public static HttpRequestMessage Compose(FetchSubject subject, string userAgent)
    {
        var (source, validators) = (subject.Request.Source, subject.Request.Validators);
        var message = new HttpRequestMessage(HttpMethod.Get, FetchSubject.Shown(subject.Address));
        Add(message, "User-Agent", source.UserAgent ?? userAgent);
        if (!ReferenceEquals(source.Access, SourceAccess.Open) && HttpRoute.IsOwnHost(source, subject.Address)) AddAccess(message, source.Access);
        if (!message.Headers.Contains("Accept")) Add(message, "Accept", source.Kind is SourceKind.Page ? AcceptedOfPages : Accepted);
        Add(message, "Accept-Encoding", ContentCoding.Accepted);
        if (validators.ETag is { } tag) Add(message, "If-None-Match", tag);
        if (validators.LastModified is { } date) Add(message, "If-Modified-Since", date);
        return message;
    }

    private static void AddAccess(HttpRequestMessage message, SourceAccess access)
    {
        foreach (var (name, value) in access.Headers) Add(message, name, value);
        if (access.User is { } user) Add(message, "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{access.Password}")));     // RFC 7617 §2.1: UTF-8
        if (access.Bearer is { } token) Add(message, "Authorization", "Bearer " + token);
    }

    private static void Add(HttpRequestMessage message, string name, string value) => message.Headers.TryAddWithoutValidation(name, value);
}
