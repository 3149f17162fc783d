using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kwid.Core.Storage;

/// <summary>A value of the model as one compressed field: JSON in Brotli (RFC 7932), about a third of its text.</summary>
public static class PackedJson
{
    /// <summary>Where half a step more of density costs twice the time.</summary>
    private const int Quality = 5;

    /// <summary>Binary logarithm of the window: as far back as a long text may repeat itself.</summary>
    private const int Window = 20;

    /// <summary>What can be packed. The texts go into a file of ours, never into a page: umlauts and markup stay as they are.</summary>
    public static StoreJson Types { get; } = new(new JsonSerializerOptions(StoreJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The value as a field.</summary>
    public static byte[] Pack<T>(T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(json.Length));
        try
        {
            if (!BrotliEncoder.TryCompress(json, room, out var length, Quality, Window)) throw new InvalidOperationException($"{json.Length} bytes did not fit when packed");
            return room.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>The value back.</summary>
    /// <exception cref="InvalidDataException">The field holds no such value.</exception>
    public static T Unpack<T>(byte[] field, JsonTypeInfo<T> type)
    {
        try
        {
            using var unpacked = new BrotliStream(new MemoryStream(field, writable: false), CompressionMode.Decompress);
            return JsonSerializer.Deserialize(unpacked, type) ?? throw new InvalidDataException($"a stored {typeof(T).Name} is null");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or InvalidCastException or NullReferenceException)
        {
            throw new InvalidDataException($"a stored {typeof(T).Name} can't be read: {fault.Message}", fault);
        }
    }
}
