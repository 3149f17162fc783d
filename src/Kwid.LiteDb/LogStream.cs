namespace Kwid.LiteDb;

/// <summary>
/// The write-ahead log. LiteDB fills it from a thread of its own and waits for ever when that thread meets an error, so a failed write is kept in
/// <see cref="WriteOrder.Fault"/> and the rest is let go by; the checkpoint that follows every transaction then fails before it has changed anything.
/// </summary>
internal sealed class LogStream : PageStream
{
    private readonly WriteOrder _order;

    public LogStream(string path, WriteOrder order)
        : base(path)
    {
        _order = order;
        order.ForceLog = Force;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_order.Fault is not null) return;
        try
        {
            WriteThrough(buffer);
        }
        catch (Exception fault)
        {
            _order.Fault = fault;
        }
    }

    /// <summary>Nothing: <see cref="WriteOrder.EnsureLogged"/> says when the disk has to have it.</summary>
    public override void Flush() { }
}
