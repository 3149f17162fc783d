using System.IO.Compression;
using System.Net.Http;

namespace Kwid.Core.Sources;

/// <summary>
/// Removes the content coding (RFC 9110 §8.4.1). .NET would do it by itself, but hides how many bytes really came, which tells a bomb from a feed.
/// </summary>
internal static class ContentCoding
{
    /// <summary>What we can read, for Accept-Encoding.</summary>
    public const string Accepted = "gzip, deflate, br";

    /// <summary>The body without its coding; one that we know none of stays as it is, since servers write "utf-8" and "none" there as well.</summary>
    /// <param name="content">As it came.</param>
    /// <param name="meter">Counts what comes where the body is packed.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>The stream, to be disposed by the caller, and whether it is unpacked on the way.</returns>
    public static async Task<(Stream Body, bool IsPacked)> OpenAsync(HttpContent content, BodyMeter meter, CancellationToken cancel)
    {
        var raw = await content.ReadAsStreamAsync(cancel);
        var coding = content.Headers.NonValidated.TryGetValues("Content-Encoding", out var written) ? written.ToString().Split(',')[^1].Trim().ToUpperInvariant() : "";
        return coding switch
        {
            "GZIP" or "X-GZIP" => (new GZipStream(meter.Count(raw, BodyMeter.MostOfDeflate), CompressionMode.Decompress), true),
            "BR" => (new BrotliStream(meter.Count(raw, BodyMeter.MostOfBrotli), CompressionMode.Decompress), true),
            "DEFLATE" => (await InflateAsync(meter.Count(raw, BodyMeter.MostOfDeflate), cancel), true),
            _ => (raw, false),
        };
    }

    /// <summary>The standard means zlib (RFC 1950), some servers send bare deflate (RFC 1951): the first byte tells, as browsers do it.</summary>
    private static async Task<Stream> InflateAsync(Stream raw, CancellationToken cancel)
    {
        var first = new byte[1];
        var begun = new BegunStream(first.AsMemory(0, await raw.ReadAsync(first, cancel)), raw);
        return (first[0] & 0x0F) == 8 ? new ZLibStream(begun, CompressionMode.Decompress) : new DeflateStream(begun, CompressionMode.Decompress);
    }

    /// <summary>A stream whose first byte was read already.</summary>
    private sealed class BegunStream(ReadOnlyMemory<byte> begin, Stream rest) : ForwardStream(rest)
    {
        private ReadOnlyMemory<byte> _begin = begin;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begin.Length == 0 || buffer.Length == 0) return base.ReadAsync(buffer, cancellationToken);
            buffer.Span[0] = _begin.Span[0];
            _begin = _begin[1..];
            return ValueTask.FromResult(1);
        }
    }
}
