using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

namespace Kwid.Core.Sources;

/// <summary>Puts into words what an HTTP status means to the operator.</summary>
internal static class StatusFailures
{
    /// <summary>The failure that a status other than 200, a conditional 304 or a redirect stands for.</summary>
    public static Answer.Final Explain(FetchSubject subject, HttpResponseMessage response, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var retryAfter = status is 429 or 503 ? RetryAfter(response.Headers, time) : null;
        var asked = retryAfter is { } pause ? $" and asks for a pause of {pause:d\\.hh\\:mm\\:ss}" : "";
        var reason = subject.Say($"answered {status} {Name(response)}{asked}", Cure(subject, status));
        var kept = retryAfter > HostPatience.Longest ? HostPatience.Longest : retryAfter;
        return new Answer.Final(new FetchOutcome.Failed(status, reason, kept), status is 502 or 503 or 504 ? Fault.Gateway : Fault.None);
    }

    private static string Name(HttpResponseMessage response) =>
        string.IsNullOrWhiteSpace(response.ReasonPhrase) ? response.StatusCode.ToString() : response.ReasonPhrase;

    private static string Cure(FetchSubject subject, int status) => status switch
    {
        304 => "it was not asked conditionally, so the server or a proxy before it is at fault; it is asked again by itself",
        401 => CureOfCredentials(subject),
        407 => $"the proxy wants credentials; write them into {subject.ProxySetting}, the password as ${{env:NAME}} or ${{file:PATH}}",
        403 => $"it refuses us; open the address in a browser: if it works there, the server may insist on another userAgent, else correct {subject.Setting}",
        404 => $"the document is not there; look for its new address and correct {subject.Setting}",
        410 => $"the publisher says that it is gone for good; look for its successor and correct {subject.Setting}",
        429 => "we ask too often for its taste; if this recurs, give the source a longer interval",
        >= 500 => "the server is at fault; there is nothing to do unless it lasts, it is asked again by itself",
        >= 400 => $"it does not accept the request; open the address in a browser and correct {subject.Setting}",
        >= 300 => $"a redirect that leads nowhere; open the address in a browser and correct {subject.Setting}",
        _ => $"a document comes with 200; open the address in a browser and correct {subject.Setting}",
    };

    private static string CureOfCredentials(FetchSubject subject)
    {
        var (source, access) = (subject.Request.Source, subject.Request.Source.Access);
        if (access.User is null && access.Bearer is null && access.Headers.Count == 0)
            return $"it wants credentials; give source '{source.Id}' user and password, bearer or headers, or use an address that is open to all";
        return HttpRoute.IsOwnHost(source, subject.Address)
            ? $"it wants credentials other than those it was told; check user and password, bearer or headers of source '{source.Id}'"
            : $"it wants credentials, which go to the source's own host alone, not along a redirect; write the address that it leads to into the url of source '{source.Id}'";
    }

    /// <summary>Retry-After in both forms (RFC 9110 §10.2.3). A date is measured against the server's own clock where it tells it.</summary>
    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.RetryAfter is not { } asked) return null;
        var pause = asked.Delta ?? asked.Date - (headers.Date ?? time.GetUtcNow());
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }
}
