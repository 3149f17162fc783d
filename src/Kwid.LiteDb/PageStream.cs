using Kwid.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace Kwid.LiteDb;

/// <summary>One of the two files of a store as LiteDB sees it: pages of 8,192 bytes, read and written at positions. Opened for this process alone.</summary>
internal abstract class PageStream(string path) : Stream
{
    private readonly SafeFileHandle _file = File.OpenHandle(PrivateFiles.Create(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(_file);

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(_file, buffer, Position);
        Position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void SetLength(long value) => RandomAccess.SetLength(_file, value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes at <see cref="Position"/> and moves it.</summary>
    protected void WriteThrough(ReadOnlySpan<byte> buffer)
    {
        try
        {
            RandomAccess.Write(_file, buffer, Position);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            // What .NET makes of EFBIG: the file system or a limit of the process lets no file grow so large.
            throw new IOException(fault.Message, StoreFaults.FileTooLarge);
        }

        Position += buffer.Length;
    }

    /// <summary>Writes all of it into a new file.</summary>
    public void CopyTo(string path)
    {
        using var copy = new FileStream(PrivateFiles.Create(path), FileMode.Truncate, FileAccess.Write, FileShare.None);
        var buffer = new byte[1 << 20];
        long position = 0;
        while (RandomAccess.Read(_file, buffer, position) is var read and > 0)
        {
            copy.Write(buffer, 0, read);
            position += read;
        }
    }

    /// <summary>Returns when the disk has what was written.</summary>
    protected void Force() => RandomAccess.FlushToDisk(_file);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
