using System.IO.Compression;

namespace Kwid.Core.Publishing;

/// <summary>A document as it stands on the shelf: validators at once, bytes when asked.</summary>
public sealed class ShelvedDocument
{
    private readonly ByteBoundedCache<(FeedAddress, string Tag, string Coding), byte[]> _bodies;
    private readonly Func<IReadOnlyList<ReadOnlyMemory<byte>>> _build;

    internal ShelvedDocument(
        string tag, DateTimeOffset modified, bool Gone,
        ByteBoundedCache<(FeedAddress, string Tag, string Coding), byte[]> bodies, FeedAddress address, Func<IReadOnlyList<ReadOnlyMemory<byte>>> build)
    {
        Tag = tag;
        Modified = modified;
        IsGone = Gone;
        Address = address;
        _bodies = bodies;
        _build = build;
    }

    /// <summary>Edition and look; with a content coding it makes the ETag.</summary>
    public string Tag { get; }

    /// <summary>Instant of the edition that last changed it, whole seconds.</summary>
    public DateTimeOffset Modified { get; }

    /// <summary>Its recipient was removed more than 90 days ago.</summary>
    public bool IsGone { get; }

    /// <summary>Where it stands.</summary>
    public FeedAddress Address { get; }

    /// <summary>The bytes as they are, in pieces that all feeds share: nothing is copied together for a plain response.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Plain() => _build();

    /// <summary>
    /// The coding to answer with: gzip first, and br, which costs far more to make, for what was asked before in this state.
    /// </summary>
    /// <returns><c>br</c>, <c>gzip</c> or null for identity.</returns>
    public string? Choose(bool acceptsGzip, bool acceptsBrotli)
    {
        var askedBefore = _bodies.TryGet((Address, Tag, "gzip"), out _) || _bodies.TryGet((Address, Tag, "br"), out _);
        if (acceptsBrotli && (askedBefore || !acceptsGzip)) return "br";
        return acceptsGzip ? "gzip" : null;
    }

    /// <summary>The bytes in a content coding, made once per state.</summary>
    public ReadOnlyMemory<byte> Compressed(string coding) => _bodies.GetOrAdd((Address, Tag, coding), _ => Compress(coding));

    private byte[] Compress(string coding)
    {
        using var bytes = new MemoryStream();
        using (Stream encoder = coding == "br" ? new BrotliStream(bytes, CompressionLevel.Fastest) : new GZipStream(bytes, CompressionLevel.Fastest))
            foreach (var piece in _build()) encoder.Write(piece.Span);
        return bytes.ToArray();
    }
}
