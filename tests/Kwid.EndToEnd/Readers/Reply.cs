using System.IO.Compression;

namespace Kwid.EndToEnd.Readers;

/// <summary>A response, its body unpacked: readers ask for compressed bodies and unpack them themselves.</summary>
internal sealed record Reply(int Status, byte[] Body, string? ETag, string? LastModified, TimeSpan? MaxAge, TimeSpan? RetryAfter)
{
    /// <summary>Whether it brings a document.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Asks with the headers given, byte for byte.</summary>
    public static async Task<Reply> AskAsync(HttpClient client, Uri address, IEnumerable<(string Name, string Value)> headers, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await client.SendAsync(request, cancel);
        return new Reply(
            (int)response.StatusCode,
            await ReadBodyAsync(response.Content, cancel),
            First(response.Headers, "ETag"),
            First(response.Content.Headers, "Last-Modified"),
            response.Headers.CacheControl?.MaxAge,
            response.Headers.RetryAfter?.Delta);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContent content, CancellationToken cancel)
    {
        await using var raw = await content.ReadAsStreamAsync(cancel);
        await using Stream body = content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "gzip" => new GZipStream(raw, CompressionMode.Decompress),
            "br" => new BrotliStream(raw, CompressionMode.Decompress),
            _ => raw,
        };
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }

    private static string? First(System.Net.Http.Headers.HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
