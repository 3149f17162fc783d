namespace Kwid.Core.Care;

/// <summary>Lines of a stream, one at a time, however long: an edition of a first start has some megabytes.</summary>
internal sealed class LineReader(Stream stream)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>The next line without its end; null at the end.</summary>
    /// <exception cref="EndOfStreamException">The last line has no end: it is torn.</exception>
    public async Task<byte[]?> NextAsync(CancellationToken cancel)
    {
        var seen = _start;
        while (true)
        {
            if (Array.IndexOf(_buffer, (byte)'\n', seen, _end - seen) is >= 0 and var end)
            {
                var line = _buffer[_start..end];
                _start = end + 1;
                return line;
            }

            MakeRoom();
            seen = _end;
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancel);
            _end += read;
            if (read > 0) continue;
            if (_end == 0) return null;
            throw new EndOfStreamException("the last line is torn");
        }
    }

    /// <summary>What is not told yet moves to the front.</summary>
    private void MakeRoom()
    {
        var rest = _end - _start;
        var into = rest > _buffer.Length / 2 ? new byte[checked(_buffer.Length * 2)] : _buffer;
        Buffer.BlockCopy(_buffer, _start, into, 0, rest);
        (_buffer, _start, _end) = (into, 0, rest);
    }
}
