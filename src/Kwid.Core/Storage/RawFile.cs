using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>
/// One kept body as a file: a line of JSON about it, then, in Brotli (RFC 7932), the body and behind it what else reading needs. The line tells whether
/// a body is the same without unpacking it; its hash tells whether the file is whole.
/// </summary>
internal static class RawFile
{
    /// <summary>The line of the file at a path; null when there is no such file or it is not one of these.</summary>
    public static RawHeader? FindHeader(string path)
    {
        if (!File.Exists(path)) return null;
        using var file = File.OpenRead(path);
        return TryReadLine(file);
    }

    /// <summary>The body; null when the file is torn or not one of these.</summary>
    public static KeptBody? TryRead(string path)
    {
        using var file = File.OpenRead(path);
        if (TryReadLine(file) is not { } header) return null;
        try
        {
            using var unpacked = new BrotliStream(file, CompressionMode.Decompress);
            var body = new byte[header.Length];
            unpacked.ReadExactly(body);
            if (Hash(body) != header.Sha256) return null;
            var (details, told) = JsonSerializer.Deserialize<Supplement>(unpacked, ModelJson.Options)!;
            return new KeptBody(header.Seen, new FetchedDocument(header.Address, body, header.ContentType, header.ContentLocation) { Details = details?.Details() }, told);
        }
        catch (Exception torn) when (torn is InvalidDataException or InvalidOperationException or EndOfStreamException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the body.</summary>
    public static void Write(Stream file, KeptBody kept)
    {
        var document = kept.Document;
        var header = new RawHeader(document.Address, document.ContentType, document.ContentLocation, kept.Seen, document.Body.Length, Hash(document.Body.Span), HashOf(kept.Told));
        file.Write(JsonSerializer.SerializeToUtf8Bytes(header, ModelJson.Options));
        file.WriteByte((byte)'\n');
        using var packed = new BrotliStream(file, CompressionLevel.Optimal, leaveOpen: true);
        packed.Write(document.Body.Span);
        JsonSerializer.Serialize(packed, new Supplement(document.Details is { } details ? KeptDetails.Of(details) : null, kept.Told), ModelJson.Options);
    }

    /// <summary>Of a body.</summary>
    public static string Hash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>Of what was read; null for nothing.</summary>
    public static string? HashOf(IReadOnlyList<KeptItem>? told) =>
        told is null ? null : Hash(Encoding.UTF8.GetBytes(string.Join('\u001e', told.Select(item => item.Guid + '\u001f' + item.Title))));

    private static RawHeader? TryReadLine(Stream file)
    {
        var line = new MemoryStream();
        for (var next = file.ReadByte(); next != '\n'; next = file.ReadByte())
        {
            if (next < 0) return null;
            line.WriteByte((byte)next);
        }

        try
        {
            return JsonSerializer.Deserialize<RawHeader>(line.GetBuffer().AsSpan(0, (int)line.Length), ModelJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Supplement(KeptDetails? Details, IReadOnlyList<KeptItem>? Told);

    private sealed record KeptDetails(IReadOnlyList<int> Unchanged, IReadOnlyDictionary<int, DetailText> Texts, IReadOnlyList<string> Faults)
    {
        public static KeptDetails Of(PageDetails details) => new([.. details.Unchanged], details.Texts, details.Faults);

        public PageDetails Details() => new(Unchanged.ToHashSet(), Texts, Faults);
    }
}

/// <summary>What a kept file's first line says.</summary>
/// <param name="Address">Of the document; the host alone where the configuration keeps the address secret.</param>
/// <param name="ContentType">As it came.</param>
/// <param name="ContentLocation">As it came.</param>
/// <param name="Seen">When the body came first, UTC.</param>
/// <param name="Length">Bytes of the body.</param>
/// <param name="Sha256">Of the body.</param>
/// <param name="Told">Hash of what was read of it; null when it could not be read.</param>
internal sealed record RawHeader(Uri Address, string? ContentType, Uri? ContentLocation, DateTimeOffset Seen, int Length, string Sha256, string? Told);
