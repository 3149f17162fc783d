using System.Security.Cryptography;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>
/// The store on PostgreSQL, 13 or newer: tables in schema <c>kwid</c> of one database. A call that writes returns when the server has the transaction, as safely as it is set to. When
/// the connection is lost, the next call makes another. Processes that write the same store take turns, and what one of them does not know yet it can't overwrite.
/// </summary>
public sealed class PostgresStore : IStore
{
    /// <summary>In bytes: about a batch.</summary>
    private const int TrialSize = 256 * 1024;

    private readonly Database _database;
    private readonly Address _address;

    private PostgresStore(Database database, Address address) => (_database, _address) = (database, address);

    /// <summary>Opens the store of a database; makes the tables where there are none.</summary>
    /// <param name="connection">Npgsql's connection string; see <see cref="FindMistake"/>.</param>
    /// <param name="time">Dates schema steps; null for the system's clock.</param>
    /// <param name="cancel">Stops before anything is written.</param>
    /// <exception cref="StoreException">It can't be opened, is of no use, or belongs to a newer Kwid.</exception>
    public static async Task<PostgresStore> OpenAsync(string connection, TimeProvider? time, CancellationToken cancel)
    {
        if (FindMistake(connection) is { } mistake) throw new StoreException($"storage.connection can't be used: {mistake}.");
        var builder = new NpgsqlConnectionStringBuilder(connection);
        builder.ApplicationName ??= "Kwid";
        // Nothing here outlives its transaction, so there is nothing to tidy up between two uses of a connection.
        builder.NoResetOnClose = true;
        var (address, clock) = (Address.Of(builder), time ?? TimeProvider.System);
        var database = new Database(NpgsqlDataSource.Create(builder), address, clock);
        try
        {
            await database.WriteAsync((opened, whole) => Schema.UpdateAsync(opened, address, clock, whole), cancel);
            return new PostgresStore(database, address);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>What is wrong with a connection string, without any of its text; null when it can be used.</summary>
    public static string? FindMistake(string connection)
    {
        const string Form = "write it as Host=…;Port=5432;Database=…;Username=…;Password=…, and values with ; or = in them in double quotes";
        if (connection.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) && connection.Contains("://", StringComparison.Ordinal)) return "it is a URL; " + Form;
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connection).Host) ? "it names no Host; " + Form : null;
        }
        catch (ArgumentException)
        {
            // Its message may have a piece of the password.
            return "it is not of PostgreSQL's keywords and values; " + Form;
        }
    }

    /// <summary>The database of a connection string, for messages: without user and password.</summary>
    public static string Describe(string connection) => Address.Of(new NpgsqlConnectionStringBuilder(connection)).ToString();

    /// <inheritdoc/>
    public Task<StoreContents> LoadAsync(CancellationToken cancel) => _database.ReadAsync(
        async connection =>
        {
            var advisories = await Advisories.All().AllAsync(connection, [], cancel);
            var keys = await Keys.All(advisories).AllAsync(connection, [], cancel);
            var sources = await Sources.All.AllAsync(connection, [], cancel);
            return new StoreContents(advisories, keys, sources, await Editions.Last.FindAsync(connection, [], cancel))
            {
                Facts = await Facts.All.AllAsync(connection, [], cancel),
                Capabilities = await Capabilities.All.AllAsync(connection, [], cancel),
            };
        },
        cancel);

    /// <inheritdoc/>
    public Task CommitAsync(IngestBatch batch, CancellationToken cancel) => WriteAsync((connection, whole) => Commits.WriteAsync(connection, batch, whole), cancel);

    /// <inheritdoc/>
    public Task SaveSourcesAsync(IReadOnlyCollection<SourceState> states, CancellationToken cancel) => WriteAsync((connection, writes, whole) => Sources.PutAsync(connection, writes, states, whole), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RevisionKey>> RestageAsync(IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel) =>
        _database.WriteAsync((connection, whole) => Commits.RestageAsync(connection, waiting, stage, state, whole), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Revision>> ReadPendingAsync(CancellationToken cancel) => _database.AskAsync<IReadOnlyList<Revision>>(
        async connection => await Stages.Pending.AllAsync(connection, [], cancel),
        cancel);

    /// <inheritdoc/>
    public Task<Revision?> FindRevisionAsync(RevisionKey key, CancellationToken cancel) =>
        _database.AskAsync(connection => Revisions.One.FindAsync(connection, [key.Advisory.ToString(), key.Number], cancel), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadStatementsAsync(AdvisoryId advisory, CancellationToken cancel) => _database.AskAsync<IReadOnlyList<Entry>>(
        async connection => await Statements.Of.AllAsync(connection, [advisory.ToString()], cancel),
        cancel);

    /// <inheritdoc/>
    public Task PublishAsync(Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel) =>
        WriteAsync((connection, whole) => Commits.PublishAsync(connection, edition, decided, whole), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<Edition> ReadEditionsAsync(int after, CancellationToken cancel) => _database.StreamAsync(connection => Editions.StreamAsync(connection, after, cancel), cancel);

    /// <inheritdoc/>
    public Task SaveAccessAsync(IReadOnlyCollection<Capability> changed, IReadOnlyCollection<AuditEvent> events, CancellationToken cancel) => WriteAsync(
        async (connection, writes, whole) =>
        {
            Capabilities.Put(writes, changed);
            await Audit.AddAsync(connection, writes, events, whole);
        },
        cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditEvent> ReadAuditAsync(long after, CancellationToken cancel) => _database.StreamAsync(connection => Audit.After.StreamAsync(connection, [after], cancel), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoreRecord> ReadAllAsync(CancellationToken cancel) => _database.StreamAsync(connection => Snapshot.StreamAsync(connection, cancel), cancel);

    /// <inheritdoc/>
    public Task FillAsync(IAsyncEnumerable<StoreRecord> records, CancellationToken cancel) => _database.WriteAsync((connection, _) => Filling.WriteAsync(connection, _address, records, cancel), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Revision>> ReadRevisionsAsync(RevisionKey? after, int most, CancellationToken cancel) => _database.AskAsync<IReadOnlyList<Revision>>(
        async connection => await Revisions.After.AllAsync(connection, [after?.Advisory.ToString() ?? "", after?.Number ?? 0, most], cancel),
        cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RevisionKey>> ReadStagedAsync(RevisionStage stage, CancellationToken cancel) => _database.AskAsync<IReadOnlyList<RevisionKey>>(
        async connection => await Stages.In.AllAsync(connection, [stage.ToString()], cancel),
        cancel);

    /// <inheritdoc/>
    public Task ForgetAsync(Forgetting what, CancellationToken cancel) => WriteAsync((connection, whole) => Commits.ForgetAsync(connection, what, whole), cancel);

    /// <summary>Writes something of a batch's size and takes it away again: whether the store, after a fault, would take a batch. Leaves nothing behind.</summary>
    public Task TryOutAsync(CancellationToken cancel) => WriteAsync(
        (_, writes, _) =>
        {
            writes.Add("INSERT INTO kwid.trial (noise) VALUES ($1)", RandomNumberGenerator.GetBytes(TrialSize));
            writes.Add("DELETE FROM kwid.trial");
            return Task.CompletedTask;
        },
        cancel);

    /// <summary>Finishes what is queued and closes the connections.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task<bool> WriteAsync(Func<NpgsqlConnection, CancellationToken, Task> work, CancellationToken cancel) => _database.WriteAsync(
        async (connection, whole) =>
        {
            await work(connection, whole);
            return true;
        },
        cancel);

    private Task<bool> WriteAsync(Func<NpgsqlConnection, NpgsqlBatch, CancellationToken, Task> work, CancellationToken cancel) => WriteAsync(
        async (connection, whole) =>
        {
            await using var writes = new NpgsqlBatch(connection);
            await work(connection, writes, whole);
            await writes.SendAsync(whole);
        },
        cancel);
}
