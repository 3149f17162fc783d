using System.Net.Http;
using System.Net.Http.Headers;
using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>One request and its answer. Knows HTTP; turns, retries and redirects are its caller's.</summary>
internal sealed class HttpExchange(HttpClients clients, AddressGuard guard, string userAgent, FetchLimits limits, TimeProvider time)
{
    /// <summary>Everyday failures are answers; only cancellation throws. What was said is added to the trace.</summary>
    public async ValueTask<Answer> AskAsync(FetchSubject subject, FetchTrace trace, CancellationToken cancel)
    {
        var (start, meter) = (time.GetTimestamp(), new BodyMeter());
        var (message, response) = ((HttpRequestMessage?)null, (HttpResponseMessage?)null);
        try
        {
            guard.CheckLiteral(subject.Address);
            var client = clients.For(HttpRoute.Of(subject.Request.Source, subject.Address));
            message = RequestMessage.Compose(subject, userAgent);
            response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel);
            var answer = await ReadAsync(subject, response, meter, cancel);
            return answer is Answer.Final final ? final with { Outcome = final.Outcome with { ServerDate = response.Headers.Date + (response.Headers.Age ?? TimeSpan.Zero), Freshness = FreshnessOf(response) } } : answer;
        }
        catch (Exception fault) when (NetworkFailures.Covers(fault))
        {
            cancel.ThrowIfCancellationRequested();        // whatever the network made of it: it was we who stopped
            return NetworkFailures.Explain(subject, fault, limits);
        }
        finally
        {
            if (message is not null) trace.Add(subject, message, response, time.GetElapsedTime(start), meter.Read);
            response?.Dispose();
            message?.Dispose();
        }
    }

    private async Task<Answer> ReadAsync(FetchSubject subject, HttpResponseMessage response, BodyMeter meter, CancellationToken cancel)
    {
        var sent = subject.Request.Validators;
        return (int)response.StatusCode switch
        {
            200 => await ReadDocumentAsync(subject, response, meter, cancel),
            304 when sent != Validators.None => new Answer.Final(new FetchOutcome.NotModified(ValidatorsOf(response, sent))),
            301 or 302 or 303 or 307 or 308 when TargetOf(subject, response) is { } target => new Answer.Redirect((int)response.StatusCode, target),
            _ => StatusFailures.Explain(subject, response, time),
        };
    }

    private async Task<Answer> ReadDocumentAsync(FetchSubject subject, HttpResponseMessage response, BodyMeter meter, CancellationToken cancel)
    {
        var (stream, isPacked) = await ContentCoding.OpenAsync(response.Content, meter, cancel);
        await using var opened = stream;
        var bounds = subject.Request.MayWeigh > limits.MaxBodyBytes ? limits with { MaxBodyBytes = subject.Request.MayWeigh.Value } : limits;
        var body = await BodyReader.ReadAsync(stream, isPacked ? null : response.Content.Headers.ContentLength, meter, bounds, time, cancel);
        var address = new Uri(FetchSubject.Shown(subject.Address));
        var location = Find(response.Content.Headers, "Content-Location") is { } written && Uri.TryCreate(address, written, out var uri) ? uri : null;
        var document = new FetchedDocument(address, body, Find(response.Content.Headers, "Content-Type"), location);
        return new Answer.Final(new FetchOutcome.Fetched(document, ValidatorsOf(response, Validators.None), 200));
    }

    /// <summary>The answer's validators as they were written; one that it does not carry keeps the value it had.</summary>
    private static Validators ValidatorsOf(HttpResponseMessage response, Validators former) => new(
        Find(response.Headers, "ETag") ?? former.ETag,
        Find(response.Content.Headers, "Last-Modified") ?? former.LastModified);

    private static TimeSpan? FreshnessOf(HttpResponseMessage response)
    {
        if (response.Headers.CacheControl is { NoCache: true } or { NoStore: true }) return null;
        var whole = response.Headers.CacheControl?.MaxAge ?? response.Content.Headers.Expires - response.Headers.Date;
        return whole - (response.Headers.Age ?? TimeSpan.Zero) is { } left && left > TimeSpan.Zero ? left : null;
    }

    private static Uri? TargetOf(FetchSubject subject, HttpResponseMessage response) =>
        Find(response.Headers, "Location") is { } written && Uri.TryCreate(subject.Address, written, out var target) ? target : null;

    /// <summary>A header's text as it came; .NET's typed headers would drop what they cannot read.</summary>
    private static string? Find(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
}
