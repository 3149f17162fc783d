using System.Buffers.Binary;

namespace Kwid.LiteDb;

/// <summary>The data file. It changes in checkpoints only, and never before the log has reached the disk.</summary>
internal sealed class DataStream(string path, WriteOrder order) : PageStream(path)
{
    private const int PageSize = 8_192;
    private const int HeadSize = 32;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // LiteDB would mark the header of a file that it finds odd, for a rebuild that loses documents in 5.0.20. It is left as it is.
        if (!order.DataOpen) return;
        order.EnsureLogged();
        WriteThrough(buffer);
    }

    /// <summary>
    /// What of the pages holds nothing, in bytes. A page of LiteDB 5 begins with 32 bytes about it: at 4 its kind (0: free, 4: data), at 24 how many bytes its documents
    /// take. Index pages are left out: they fill up again by themselves.
    /// </summary>
    public long FreeBytes()
    {
        Span<byte> head = stackalloc byte[HeadSize];
        long free = 0;
        for (long page = 0; page < Length; page += PageSize)
        {
            Position = page;
            if (Read(head) < HeadSize) break;
            free += head[4] switch
            {
                0 => PageSize,
                4 => PageSize - HeadSize - BinaryPrimitives.ReadUInt16LittleEndian(head[24..]),
                _ => 0,
            };
        }

        return free;
    }

    public override void Flush()
    {
        if (order.DataOpen) Force();
    }
}
