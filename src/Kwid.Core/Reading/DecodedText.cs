using System.Buffers;
using System.Text;

namespace Kwid.Core.Reading;

/// <summary>A decoded body in a rented buffer: documents are large, and a string of each would live in the heap for what lives long.</summary>
internal sealed class DecodedText : IDisposable
{
    private char[] _buffer;

    private DecodedText(char[] buffer, int length) => (_buffer, Length) = (buffer, length);

    /// <summary>In characters.</summary>
    public int Length { get; }

    public char this[int index] => _buffer[index];

    /// <summary>Decodes bytes that the encoding is right for.</summary>
    public static DecodedText Of(ReadOnlySpan<byte> body, Encoding encoding)
    {
        var buffer = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(body.Length));
        return new DecodedText(buffer, encoding.GetChars(body, buffer));
    }

    public ReadOnlySpan<char> AsSpan(int start = 0) => _buffer.AsSpan(start, Length - start);

    public ReadOnlySpan<char> AsSpan(int start, int length) => _buffer.AsSpan(start, length);

    /// <summary>A copy.</summary>
    public override string ToString() => AsSpan().ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
    }
}
