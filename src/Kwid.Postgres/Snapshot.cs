using System.Runtime.CompilerServices;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Everything, as one transaction sees it; table by table, row by row.</summary>
internal static class Snapshot
{
    public static async IAsyncEnumerable<StoreRecord> StreamAsync(NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var state in Sources.All.StreamAsync(connection, [], cancel)) yield return new StoredSource(state);
        await foreach (var advisory in Advisories.All().StreamAsync(connection, [], cancel)) yield return new StoredAdvisory(advisory);
        await foreach (var key in Keys.All([]).StreamAsync(connection, [], cancel)) yield return new StoredKey(key.Key, key.Value);
        await foreach (var revision in Revisions.All.StreamAsync(connection, [], cancel)) yield return new StoredRevision(revision);
        await foreach (var statement in Statements.All.StreamAsync(connection, [], cancel)) yield return new StoredStatement(statement);
        await foreach (var fact in Facts.All.StreamAsync(connection, [], cancel)) yield return new StoredFact(fact);
        await foreach (var stage in Stages.All.StreamAsync(connection, [], cancel)) yield return stage;
        await foreach (var edition in Editions.StreamAsync(connection, 0, cancel)) yield return new StoredEdition(edition);
        await foreach (var capability in Capabilities.All.StreamAsync(connection, [], cancel)) yield return new StoredCapability(capability);
        await foreach (var one in Audit.After.StreamAsync(connection, [0L], cancel)) yield return new StoredAudit(one);
    }
}
