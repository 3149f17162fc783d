namespace Kwid.Core.Sources;

/// <summary>Reads a body within bounds: so many bytes at most, and never a long silence.</summary>
internal static class BodyReader
{
    private const int Chunk = 64 * 1024;

    /// <param name="stream">The body, content coding removed.</param>
    /// <param name="expected">Its length as announced; null when it was not.</param>
    /// <param name="meter">Counts it.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="time">Measures silence.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="BodyTooLongException">More bytes than allowed were announced or came.</exception>
    /// <exception cref="SilentBodyException">No byte came for too long.</exception>
    /// <exception cref="PackedBombException">It unpacks to more than any honest body.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream, long? expected, BodyMeter meter, FetchLimits limits, TimeProvider time, CancellationToken cancel)
    {
        if (expected > limits.MaxBodyBytes) throw new BodyTooLongException(limits.MaxBodyBytes);
        using var body = new MemoryStream((int)(expected ?? Chunk));
        var buffer = new byte[Chunk];
        using var silence = new CancellationTokenSource(limits.Idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancel);
        while (await NextAsync(stream, buffer, body.Length, silence, either.Token, cancel) is var count and > 0)
        {
            if (body.Length + count > limits.MaxBodyBytes) throw new BodyTooLongException(limits.MaxBodyBytes);
            meter.Add(count);
            body.Write(buffer, 0, count);
            silence.CancelAfter(limits.Idle);
        }

        return body.ToArray();
    }

    private static async ValueTask<int> NextAsync(Stream stream, byte[] buffer, long read, CancellationTokenSource silence, CancellationToken either, CancellationToken cancel)
    {
        try
        {
            return await stream.ReadAsync(buffer, either);
        }
        catch (Exception) when (silence.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new SilentBodyException(read);
        }
        catch (InvalidOperationException damaged) when (damaged is not ObjectDisposedException)
        {
            // The Brotli decoder's word for damaged data.
            throw new InvalidDataException(damaged.Message, damaged);
        }
    }
}

/// <summary>A body had more bytes than allowed.</summary>
/// <param name="limit">What is allowed, in bytes.</param>
internal sealed class BodyTooLongException(long limit) : IOException($"more than {limit} bytes")
{
    /// <summary>What is allowed, in bytes.</summary>
    public long Limit { get; } = limit;
}

/// <summary>No byte of a body came for too long.</summary>
/// <param name="read">Bytes that had come before.</param>
internal sealed class SilentBodyException(long read) : IOException($"silence after {read} bytes")
{
    /// <summary>Bytes that had come before.</summary>
    public long Read { get; } = read;
}
