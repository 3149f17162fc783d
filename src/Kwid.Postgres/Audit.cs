using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Table <c>audit</c>: the event's number, body packed. Only grows.</summary>
internal static class Audit
{
    /// <summary>Above a number, its parameter, in order.</summary>
    public static Query<AuditEvent> After { get; } = new("SELECT body FROM kwid.audit WHERE number > $1 ORDER BY number", row => row.Unpack(0, PackedJson.Types.AuditEvent));

    private static Query<long> Last { get; } = new("SELECT coalesce(max(number), 0) FROM kwid.audit", row => row.GetInt64(0));

    /// <summary>Takes away those before an instant, but for the newest, which gives the next one its number.</summary>
    public static async Task RemoveUntilAsync(NpgsqlConnection connection, NpgsqlBatch writes, DateTimeOffset instant, CancellationToken cancel)
    {
        var all = await After.AllAsync(connection, [0L], cancel);
        var old = all.TakeWhile(one => one.At < instant && one.Number < all[^1].Number).Select(one => one.Number).DefaultIfEmpty(0).Max();
        if (old > 0) writes.Add("DELETE FROM kwid.audit WHERE number <= $1", old);
    }

    /// <summary>Gives events the next numbers.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, NpgsqlBatch writes, IReadOnlyCollection<AuditEvent> events, CancellationToken cancel)
    {
        if (events.Count == 0) return;
        var last = await Last.FindAsync(connection, [], cancel);
        Put(writes, [.. events.Select(one => one with { Number = ++last })]);
    }

    /// <summary>Takes in another store's events under their own numbers.</summary>
    public static void Put(NpgsqlBatch writes, IReadOnlyCollection<AuditEvent> numbered)
    {
        if (numbered.Count == 0) return;
        writes.Add(
            "INSERT INTO kwid.audit (number, body) SELECT * FROM unnest($1, $2)",
            numbered.Select(one => one.Number).ToArray(),
            numbered.Select(one => PackedJson.Pack(one, PackedJson.Types.AuditEvent)).ToArray());
    }
}
