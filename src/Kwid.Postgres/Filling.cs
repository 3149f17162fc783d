using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Fills an empty store from records, in one transaction: one that was interrupted is empty still.</summary>
internal static class Filling
{
    /// <summary>Records sent at once.</summary>
    private const int Page = 500;

    private static readonly Query<bool> IsFilled = new(
        """
        SELECT EXISTS (SELECT FROM kwid.sources) OR EXISTS (SELECT FROM kwid.advisories) OR EXISTS (SELECT FROM kwid.keys) OR EXISTS (SELECT FROM kwid.facts)
            OR EXISTS (SELECT FROM kwid.editions) OR EXISTS (SELECT FROM kwid.capabilities) OR EXISTS (SELECT FROM kwid.audit)
        """,
        row => row.GetBoolean(0));

    /// <exception cref="StoreException">The store is not empty.</exception>
    public static async Task<bool> WriteAsync(NpgsqlConnection connection, Address address, IAsyncEnumerable<StoreRecord> records, CancellationToken cancel)
    {
        if (await IsFilled.FindAsync(connection, [], cancel)) throw new StoreException($"{address} is not empty. Fill another database, or drop its schema kwid first.");
        await foreach (var page in records.Chunk(Page).WithCancellation(cancel)) await WriteAsync(connection, page, cancel);
        return true;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyCollection<StoreRecord> records, CancellationToken cancel)
    {
        await using var writes = new NpgsqlBatch(connection);
        await Sources.PutAsync(connection, writes, records.OfType<StoredSource>().Select(record => record.State), cancel);
        Advisories.Put(writes, [.. records.OfType<StoredAdvisory>().Select(record => record.Advisory)]);
        Keys.Put(writes, records.OfType<StoredKey>().Select(record => KeyValuePair.Create(record.Key, record.Advisory)));
        Revisions.Add(writes, [.. records.OfType<StoredRevision>().Select(record => record.Revision)]);
        Statements.Put(writes, records.OfType<StoredStatement>().Select(record => record.Statement));
        Facts.Put(writes, records.OfType<StoredFact>().Select(record => record.Fact));
        Stages.Begin(writes, records.OfType<StoredStage>().OrderBy(record => record.Place).Select(record => (record.Revision, record.Stage)));
        foreach (var record in records.OfType<StoredEdition>()) Editions.Add(writes, record.Edition);
        Capabilities.Put(writes, records.OfType<StoredCapability>().Select(record => record.Capability));
        Audit.Put(writes, [.. records.OfType<StoredAudit>().Select(record => record.Event)]);
        await writes.SendAsync(cancel);
    }
}
