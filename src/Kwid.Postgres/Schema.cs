using System.Globalization;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>
/// The version of what the tables look like, kept in table <c>meta</c>. Steps lead from one version to the next, all in one transaction; no step is ever changed once it was released.
/// All stands in schema <c>kwid</c>, whatever the connection's search path is, so that a database may have others beside it. Texts are compared byte for byte, whatever the database's
/// own collation is; bodies are packed already and not packed again.
/// </summary>
internal static class Schema
{
    /// <summary>The oldest server that knows <c>pg_current_xact_id</c>.</summary>
    private const int OldestServer = 13;

    /// <summary>Step n leads from version n to n + 1.</summary>
    private static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE kwid.sources (id text COLLATE "C" PRIMARY KEY, body bytea NOT NULL);
        CREATE TABLE kwid.cursors (source text COLLATE "C" PRIMARY KEY, hash bigint NOT NULL, body bytea NOT NULL);
        CREATE TABLE kwid.advisories (
            id text COLLATE "C" PRIMARY KEY, source text COLLATE "C" NOT NULL, last_revision integer NOT NULL, fingerprint text NOT NULL,
            tellers text, cves text, names text, alias_of text COLLATE "C", since bigint);
        CREATE TABLE kwid.keys (id bytea PRIMARY KEY, advisory text COLLATE "C" NOT NULL, whole bytea);
        CREATE TABLE kwid.revisions (advisory text COLLATE "C", number integer, body bytea NOT NULL, PRIMARY KEY (advisory, number));
        CREATE TABLE kwid.statements (advisory text COLLATE "C", source text COLLATE "C", body bytea NOT NULL, PRIMARY KEY (advisory, source));
        CREATE TABLE kwid.facts (source text COLLATE "C", cve text COLLATE "C", body bytea NOT NULL, PRIMARY KEY (source, cve));
        CREATE TABLE kwid.stages (advisory text COLLATE "C", number integer, stage text NOT NULL, place bigint, PRIMARY KEY (advisory, number));
        CREATE UNIQUE INDEX stages_by_place ON kwid.stages (place) WHERE place IS NOT NULL;
        CREATE TABLE kwid.editions (number integer, part integer, instant timestamptz NOT NULL, body bytea NOT NULL, PRIMARY KEY (number, part));
        CREATE TABLE kwid.capabilities (id text COLLATE "C" PRIMARY KEY, body bytea NOT NULL);
        CREATE TABLE kwid.trial (noise bytea NOT NULL);
        CREATE TABLE kwid.audit (number bigint PRIMARY KEY, body bytea NOT NULL);
        ALTER TABLE kwid.sources ALTER body SET STORAGE EXTERNAL;
        ALTER TABLE kwid.cursors ALTER body SET STORAGE EXTERNAL;
        ALTER TABLE kwid.revisions ALTER body SET STORAGE EXTERNAL;
        ALTER TABLE kwid.statements ALTER body SET STORAGE EXTERNAL;
        ALTER TABLE kwid.editions ALTER body SET STORAGE EXTERNAL;
        """,
        // Editions have lanes, members and whom a row concerns, which an earlier program would pass over.
        "SELECT 1",
    ];

    private static readonly Query<string?> Meta = new("SELECT to_regclass('kwid.meta')::text", row => row.FindText(0));
    private static readonly Query<int> Versions = new("SELECT version FROM kwid.meta", row => row.GetInt32(0));
    private static readonly Query<string> Foreign = new("SELECT tablename::text FROM pg_tables WHERE schemaname = 'kwid' ORDER BY 1", row => row.GetString(0));
    private static readonly Query<string> Namespace = new("SELECT nspname::text FROM pg_namespace WHERE nspname = 'kwid'", row => row.GetString(0));

    /// <summary>The version that this program writes.</summary>
    public static int Current => Steps.Count;

    /// <summary>Takes the database to <see cref="Current"/>; to be called in a transaction that keeps others off.</summary>
    /// <exception cref="StoreException">A newer program has written it, it is not Kwid's, or the server is of no use.</exception>
    public static async Task<bool> UpdateAsync(NpgsqlConnection connection, Address address, TimeProvider time, CancellationToken cancel)
    {
        ThrowIfUnfit(connection, address);
        var version = await VersionAsync(connection, address, cancel);
        if (version > Current)
        {
            throw new StoreException($"{address} has schema version {version}, but this program knows {Current} at most: a newer Kwid has written it. "
                + "Start that version again, or restore the backup made before the update into an empty database.");
        }

        for (; version < Current; version++) await RunAsync(connection, Steps[version], cancel);
        var now = time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE kwid.meta SET version = {Current}, since = '{now}' WHERE version <> {Current}"), cancel);
        return true;
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, Address address, CancellationToken cancel)
    {
        if (await Meta.FindAsync(connection, [], cancel) is not null) return (await Versions.AllAsync(connection, [], cancel)).Single();
        if (await Foreign.AllAsync(connection, [], cancel) is { Count: > 0 } foreign)
            throw new StoreException($"{address} has a schema 'kwid' that is not Kwid's (it has {string.Join(", ", foreign)}). Name another database in storage.connection.");

        // Whoever may not create schemas can be given an empty one; asking for it again would be refused.
        if (await Namespace.FindAsync(connection, [], cancel) is null) await RunAsync(connection, "CREATE SCHEMA kwid", cancel);
        await RunAsync(connection, "CREATE TABLE kwid.meta (version integer NOT NULL, since timestamptz); INSERT INTO kwid.meta (version) VALUES (0)", cancel);
        return 0;
    }

    private static void ThrowIfUnfit(NpgsqlConnection connection, Address address)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
            throw new StoreException($"{address} runs on PostgreSQL {connection.PostgreSqlVersion}, and Kwid needs {OldestServer} or newer. Update the server.");
        if (connection.PostgresParameters["server_encoding"] is var encoding and not "UTF8")
            throw new StoreException($"{address} has encoding {encoding}, and Kwid needs UTF8. Create another: createdb --template=template0 --encoding=UTF8 --owner={address.User} NAME.");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
