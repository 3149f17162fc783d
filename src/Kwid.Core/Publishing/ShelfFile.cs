using Kwid.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace Kwid.Core.Publishing;

/// <summary>
/// One file of the shelf that only grows. What lies behind <see cref="End"/> is torn and counts for nothing. Where it may not be written it is read, and
/// opened anew for the first write: rights and disks come back. A bare handle, so that readers and the writer share no buffer and no position.
/// </summary>
internal sealed class ShelfFile : IDisposable
{
    private const int LongestLine = 1 << 29;

    private readonly string _folder;
    private volatile SafeFileHandle? _file;
    private bool _writable;

    public ShelfFile(string folder, string name)
    {
        _folder = folder;
        Path = System.IO.Path.Combine(folder, name);
        try
        {
            OpenForWriting();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(Path)) _file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Bytes on disk.</summary>
    public long Length => _file is { } file ? RandomAccess.GetLength(file) : 0;

    /// <summary>Where the next write goes.</summary>
    public long End { get; set; }

    /// <summary>Its whole lines without their ends, each valid until the next is asked for. A torn end is none, nor is what is too long for a line.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines()
    {
        var (buffer, kept, position) = (new byte[1 << 20], 0, 0L);
        while (_file is { } file && kept < LongestLine)
        {
            if (kept == buffer.Length) Array.Resize(ref buffer, 2 * kept);
            var read = RandomAccess.Read(file, buffer.AsSpan(kept), position);
            if (read == 0) yield break;
            position += read;
            var (start, end, from) = (0, kept + read, kept);
            for (int at; (at = Array.IndexOf(buffer, (byte)'\n', from, end - from)) >= 0; start = from = at + 1) yield return buffer.AsMemory(start, at - start);
            kept = end - start;
            Buffer.BlockCopy(buffer, start, buffer, 0, kept);
        }
    }

    /// <exception cref="InvalidDataException">It ends before.</exception>
    public byte[] Read(long offset, int length)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var more = _file is { } file ? RandomAccess.Read(file, bytes.AsSpan(read), offset + read) : 0;
            if (more == 0) throw new InvalidDataException($"'{Path}' ends before byte {offset + length}.");
            read += more;
        }

        return bytes;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(Writable(), bytes, offset);

    /// <summary>Takes away what lies behind <see cref="End"/>.</summary>
    public void Cut()
    {
        if (Length > End) RandomAccess.SetLength(Writable(), End);
    }

    /// <summary>Another file takes its place, and is opened for the next write. Nobody may be reading.</summary>
    public void ReplaceBy(string path, long length)
    {
        File.Move(path, Path, overwrite: true);
        _file?.Dispose();
        (_file, _writable, End) = (null, false, length);
    }

    /// <summary>Moves what is there into a folder, and begins anew. Nobody may be reading.</summary>
    public void SetAside(string folder)
    {
        if (File.Exists(Path)) File.Move(Path, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(Path)));
        _file?.Dispose();
        (_file, _writable, End) = (null, false, 0);
    }

    /// <summary>Returns when the disk has it all.</summary>
    public void Force()
    {
        if (_file is { } file) RandomAccess.FlushToDisk(file);
    }

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle Writable()
    {
        if (!_writable) OpenForWriting();
        return _file!;
    }

    private void OpenForWriting()
    {
        // Inside a data folder that is gone nothing is made: whoever moved it away will want to put it back.
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(_folder))) throw new DirectoryNotFoundException($"There is no folder '{System.IO.Path.GetDirectoryName(_folder)}'.");
        PrivateFiles.CreateFolder(_folder);
        // What was opened for reading is left to its finaliser: a request may be at it.
        _file = File.OpenHandle(PrivateFiles.Create(Path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        _writable = true;
    }
}
