using System.Net;
using System.Text;

namespace Kwid.EndToEnd.Readers;

/// <summary>Answers requests from a script and keeps them: the network of the readers' own tests.</summary>
internal sealed class CannedServer : HttpMessageHandler
{
    private readonly Queue<HttpResponseMessage> _replies = [];

    /// <summary>Headers of each request, in order.</summary>
    public List<Dictionary<string, string>> Requests { get; } = [];

    /// <summary>The next answer.</summary>
    public void Answer(HttpStatusCode status, string body = "", string? etag = null, string? lastModified = null, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (etag is not null) response.Headers.TryAddWithoutValidation("ETag", etag);
        if (lastModified is not null) response.Content.Headers.TryAddWithoutValidation("Last-Modified", lastModified);
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        _replies.Enqueue(response);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request.Headers.NonValidated.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        return Task.FromResult(_replies.Dequeue());
    }
}
