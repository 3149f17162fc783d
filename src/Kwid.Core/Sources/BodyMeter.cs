namespace Kwid.Core.Sources;

/// <summary>Counts a body: bytes that came and what they unpack to.</summary>
/// <remarks>
/// Feeds shrink to a fifth or a thirtieth. One whose entries share long texts word for word comes to 200 with gzip (a repeated stretch of 258 bytes costs it some ten
/// bits) and to 300 with Brotli, so <see cref="MostRatio"/> lies above both; below it lie gzip's bombs (1,030, its highest) and Brotli's (hundreds of thousands).
/// What is small harms nobody whatever its ratio, hence <see cref="Harmless"/>; what stays under the ratio still ends at the limit of a body.
/// </remarks>
internal sealed class BodyMeter
{
    /// <summary>Most bytes that one byte may unpack to.</summary>
    public const int MostRatio = 500;

    /// <summary>Bytes that any body may unpack to.</summary>
    public const int Harmless = 1024 * 1024;

    private long _came;
    private bool _isPacked;

    /// <summary>Bytes read so far, content coding removed.</summary>
    public long Read { get; private set; }

    /// <summary>The same stream, counted as what a body is unpacked from.</summary>
    public Stream Count(Stream raw)
    {
        _isPacked = true;
        return new CountedStream(raw, this);
    }

    /// <summary>So many more bytes were read.</summary>
    /// <exception cref="PackedBombException">They are more than an honest body unpacks to.</exception>
    public void Add(int count)
    {
        Read += count;
        if (_isPacked && Read > Harmless && Read > _came * MostRatio) throw new PackedBombException(_came, Read);
    }

    private sealed class CountedStream(Stream inner, BodyMeter meter) : ForwardStream(inner)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            meter._came += count;
            return count;
        }
    }
}

/// <summary>A body unpacked to so many times its size that it is none.</summary>
/// <param name="came">Bytes that came.</param>
/// <param name="read">Bytes that they made until then.</param>
internal sealed class PackedBombException(long came, long read) : IOException($"{came} bytes unpack to more than {read} bytes")
{
    /// <summary>Bytes that came.</summary>
    public long Came { get; } = came;

    /// <summary>Bytes that they made until then.</summary>
    public long Read { get; } = read;
}
