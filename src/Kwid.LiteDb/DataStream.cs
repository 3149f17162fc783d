namespace Kwid.LiteDb;

/// <summary>The data file. It changes in checkpoints only, and never before the log has reached the disk.</summary>
internal sealed class DataStream(string path, WriteOrder order) : PageStream(path)
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // LiteDB would mark the header of a file that it finds odd, for a rebuild that loses documents in 5.0.20. It is left as it is.
        if (!order.DataOpen) return;
        order.EnsureLogged();
        WriteThrough(buffer);
    }

    public override void Flush()
    {
        if (order.DataOpen) Force();
    }
}
