using System.Text;

namespace Kwid.Core.Publishing;

/// <summary>Bytes of one entry in one format, shared by all feeds, with holes for what differs between them.</summary>
public sealed class Fragment
{
    private readonly List<(ReadOnlyMemory<byte> Bytes, char? HoleAfter)> _pieces = [];

    /// <summary>Cuts UTF-8 text at its <see cref="Holes"/>.</summary>
    internal Fragment(ReadOnlyMemory<byte> text)
    {
        Length = text.Length;
        for (int at; (at = Holes.IndexIn(text.Span)) >= 0; text = text[(at + Holes.Utf8Length)..])
            _pieces.Add((text[..at], Holes.Read(text.Span[at..])));
        _pieces.Add((text, null));
    }

    /// <summary>Length in bytes with holes unfilled: the measure of the window and the caches.</summary>
    public int Length { get; }

    /// <summary>Appends the pieces, holes filled with bytes already escaped for the format.</summary>
    internal void AppendTo(List<ReadOnlyMemory<byte>> body, ReadOnlyMemory<byte> id, ReadOnlyMemory<byte> reason)
    {
        foreach (var (bytes, hole) in _pieces)
        {
            body.Add(bytes);
            if (hole is { } kind) body.Add(kind == Holes.Reason ? reason : id);
        }
    }

    /// <summary>The text before and after the mark for entries.</summary>
    internal (ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Foot) AroundEntries() => (_pieces[0].Bytes, _pieces[^1].Bytes);

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_pieces.Select(piece => Encoding.UTF8.GetString(piece.Bytes.Span)));
}
