using System.Net;

namespace Kwid.EndToEnd;

/// <summary>A response as it came over the wire: nothing unpacked, no redirect followed.</summary>
/// <param name="Status">Of the answer.</param>
/// <param name="Body">As sent.</param>
/// <param name="Headers">By name, several values joined by a comma.</param>
internal sealed record Raw(HttpStatusCode Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    /// <summary>The header; null when it was not sent.</summary>
    public string? this[string name] => Headers.GetValueOrDefault(name);

    /// <summary>A client that leaves everything as it comes.</summary>
    public static HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Asks once.</summary>
    public static async Task<Raw> AskAsync(
        HttpClient client, Uri address, CancellationToken cancel, HttpMethod? method = null, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, cancel);
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        var all = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new Raw(response.StatusCode, body, all);
    }
}
