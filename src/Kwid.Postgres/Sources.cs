using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>
/// Table <c>sources</c>: the source's id and its packed state without the cursor. That one, up to a megabyte where an index is remembered, stands in <c>cursors</c> with its hash, so
/// that a poll which changes nothing in it need not send it again.
/// </summary>
internal static class Sources
{
    public static Query<SourceState> All { get; } = new(
        "SELECT s.body, c.body FROM kwid.sources s LEFT JOIN kwid.cursors c ON c.source = s.id ORDER BY s.id",
        row => row.Unpack(0, PackedJson.Types.SourceState) with { Cursor = row.IsDBNull(1) ? null : row.Unpack(1, PackedJson.Types.String) });

    private static Query<(string Source, long Hash)> Cursors { get; } = new("SELECT source, hash FROM kwid.cursors WHERE source = ANY($1)", row => (row.GetString(0), row.GetInt64(1)));

    /// <summary>Asks which cursors are stored, and adds what has to be written to the batch. Of a source that is named twice the last state counts.</summary>
    public static async Task PutAsync(NpgsqlConnection connection, NpgsqlBatch writes, IEnumerable<SourceState> states, CancellationToken cancel)
    {
        var last = states.GroupBy(state => state.Source).Select(same => same.Last()).ToList();
        if (last.Count == 0) return;
        string[] ids = [.. last.Select(state => state.Source.ToString())];
        var stored = (await Cursors.AllAsync(connection, [ids], cancel)).ToDictionary(cursor => cursor.Source, cursor => cursor.Hash, StringComparer.Ordinal);
        var changed = last.Where(state => state.Cursor is { } cursor && stored.GetValueOrDefault(state.Source.ToString()) != Hash(cursor)).ToList();
        string[] ended = [.. last.Where(state => state.Cursor is null && stored.ContainsKey(state.Source.ToString())).Select(state => state.Source.ToString())];

        writes.Add(
            "INSERT INTO kwid.sources (id, body) SELECT * FROM unnest($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            ids,
            last.Select(Body).ToArray());
        if (ended.Length > 0) writes.Add("DELETE FROM kwid.cursors WHERE source = ANY($1)", (object)ended);
        if (changed.Count > 0)
        {
            writes.Add(
                "INSERT INTO kwid.cursors (source, hash, body) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (source) DO UPDATE SET hash = excluded.hash, body = excluded.body",
                changed.Select(state => state.Source.ToString()).ToArray(),
                changed.Select(state => Hash(state.Cursor!)).ToArray(),
                changed.Select(state => Body(state.Cursor!)).ToArray());
        }
    }

    private static byte[] Body(SourceState state) => PackedJson.Pack(state with { Cursor = null }, PackedJson.Types.SourceState);

    private static byte[] Body(string cursor) => PackedJson.Pack(cursor, PackedJson.Types.String);

    /// <summary>Of 64 bits, never 0: tells whether a cursor is the one that is stored.</summary>
    private static long Hash(string cursor) => BitConverter.ToInt64(SHA256.HashData(MemoryMarshal.AsBytes(cursor.AsSpan())), 0) | 1;
}
