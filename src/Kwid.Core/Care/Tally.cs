using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Core.Storage;

namespace Kwid.Core.Care;

/// <summary>Counts records by kind and hashes them while they pass.</summary>
public sealed class Tally
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(StoreRecord).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    private readonly Dictionary<string, (long Count, ulong[] Sum)> _kinds = Names.Values.ToDictionary(name => name, _ => (0L, new ulong[4]), StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>Every kind, those without records included, in alphabetical order.</summary>
    public IReadOnlyList<KindTally> Kinds => [.. _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new KindTally(kind.Key, kind.Value.Count, Hex(kind.Value.Sum)))];

    /// <summary>Takes a record in.</summary>
    /// <returns>Its JSON, until the next call.</returns>
    public ReadOnlyMemory<byte> Add(StoreRecord record)
    {
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = PackedJson.Types.Options.Encoder })) JsonSerializer.Serialize(writer, record, PackedJson.Types.StoreRecord);
        Add(record, _json.WrittenSpan);
        return _json.WrittenMemory;
    }

    /// <summary>Takes a record in that was written as this JSON.</summary>
    public void Add(StoreRecord record, ReadOnlySpan<byte> json)
    {
        var name = Names[record.GetType()];
        var (count, sum) = _kinds[name];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        var carry = UInt128.Zero;
        for (var i = 0; i < sum.Length; i++)
        {
            carry += (UInt128)sum[i] + BinaryPrimitives.ReadUInt64LittleEndian(hash[(8 * i)..]);
            sum[i] = (ulong)carry;
            carry >>= 64;
        }

        _kinds[name] = (count + 1, sum);
    }

    /// <summary>The same records, counted as they pass.</summary>
    public async IAsyncEnumerable<StoreRecord> CountAsync(IAsyncEnumerable<StoreRecord> records, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var record in records.WithCancellation(cancel))
        {
            Add(record);
            yield return record;
        }
    }

    private static string Hex(ulong[] sum)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < sum.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes[(8 * i)..], sum[i]);
        return Convert.ToHexStringLower(bytes);
    }
}
