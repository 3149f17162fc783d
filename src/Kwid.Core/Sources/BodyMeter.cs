namespace Kwid.Core.Sources;

/// <summary>Counts a body: bytes that came and what they unpack to.</summary>
/// <remarks>
/// Most feeds shrink to a fifth or a twentieth. One whose entries share texts of 20 KB word for word and differ in title, id and date alone comes to 1:90 with gzip (one
/// text over and over to 1:180, since each repeated stretch of 258 bytes costs some ten bits) and to 1:270 and more with Brotli, which knows no such bound. Bombs lie
/// at 1:1,030 with gzip, its highest, and at 1:100,000 and more with Brotli. The limits lie between, a factor of two or more from both.
/// What is small harms nobody whatever its ratio, hence <see cref="Harmless"/>; what stays under the ratio still ends at the limit of a body.
/// </remarks>
internal sealed class BodyMeter
{
    /// <summary>Most bytes that one byte of gzip or deflate may unpack to.</summary>
    public const int MostOfDeflate = 500;

    /// <summary>Most bytes that one byte of Brotli may unpack to.</summary>
    public const int MostOfBrotli = 2000;

    /// <summary>Bytes that any body may unpack to.</summary>
    public const int Harmless = 1024 * 1024;

    private long _came;
    private int _most = int.MaxValue;

    /// <summary>Bytes read so far, content coding removed.</summary>
    public long Read { get; private set; }

    /// <summary>The same stream, counted as what a body is unpacked from, one byte to so many at most.</summary>
    public Stream Count(Stream raw, int most)
    {
        _most = most;
        return new CountedStream(raw, this);
    }

    /// <summary>So many more bytes were read.</summary>
    /// <exception cref="PackedBombException">They are more than an honest body unpacks to.</exception>
    public void Add(int count)
    {
        Read += count;
        if (Read > Harmless && _most < int.MaxValue && Read > _came * _most) throw new PackedBombException(_came, Read, _most);
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
/// <param name="most">Times that they might have made at most.</param>
internal sealed class PackedBombException(long came, long read, int most) : IOException($"{came} bytes unpack to more than {read} bytes")
{
    /// <summary>Bytes that came.</summary>
    public long Came { get; } = came;

    /// <summary>Bytes that they made until then.</summary>
    public long Read { get; } = read;

    /// <summary>Times that they might have made at most.</summary>
    public int Most { get; } = most;
}
