using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>
/// Collection <c>sources</c>: key is the source's id, body its packed state without the cursor. That one, up to a megabyte where an index is remembered, stands in <c>cursors</c>, so
/// that a poll which changes nothing in it need not write it again.
/// </summary>
internal sealed class Sources(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("sources");
    private readonly ILiteCollection<BsonDocument> _cursors = database.GetCollection("cursors");

    public IReadOnlyList<SourceState> All()
    {
        var cursors = _cursors.FindAll().ToDictionary(document => document["_id"].AsString, document => PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.String), StringComparer.Ordinal);
        return [.. _documents.Query().ToEnumerable().Select(document => PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.SourceState)).Select(state => state with
        {
            // Those of schema 1 have it in themselves.
            Cursor = cursors.GetValueOrDefault(state.Source.ToString()) ?? state.Cursor,
        })];
    }

    public void Put(SourceState state)
    {
        var id = state.Source.ToString();
        var hash = state.Cursor is { } cursor ? Hash(cursor) : 0;
        var stored = _documents.FindById(id);
        var written = stored is not null && stored.TryGetValue("c", out var before) ? before.AsInt64 : (long?)null;
        if (written != hash) PutCursor(id, state.Cursor);
        _documents.Upsert(new BsonDocument
        {
            ["_id"] = id,
            ["c"] = hash,
            ["body"] = PackedJson.Pack(state with { Cursor = null }, PackedJson.Types.SourceState),
        });
    }

    private void PutCursor(string id, string? cursor)
    {
        if (cursor is null) _cursors.Delete(id);
        else _cursors.Upsert(new BsonDocument { ["_id"] = id, ["body"] = PackedJson.Pack(cursor, PackedJson.Types.String) });
    }

    /// <summary>Of 64 bits, never 0: tells whether a cursor is the one that is stored.</summary>
    private static long Hash(string cursor) =>
        BitConverter.ToInt64(SHA256.HashData(MemoryMarshal.AsBytes(cursor.AsSpan())), 0) | 1;
}
