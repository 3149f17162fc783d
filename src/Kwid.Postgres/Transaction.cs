using System.Data;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>A transaction with the connection that it has for itself. What is not committed when it is disposed of has not happened.</summary>
internal sealed class Transaction : IAsyncDisposable
{
    /// <summary>Keeps all other writers off until the end; the number is "kwid" in ASCII. The transaction's own number tells later what became of it.</summary>
    private const string Lock = "SELECT pg_current_xact_id()::text, pg_advisory_xact_lock(1802986852)";

    /// <summary>How long a commit whose answer was lost is asked after.</summary>
    private static readonly TimeSpan LongestDoubt = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlTransaction _transaction;
    private readonly object? _id;

    private Transaction(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction, object? id) =>
        (_source, Connection, _transaction, _id) = (source, connection, transaction, id);

    public NpgsqlConnection Connection { get; }

    /// <summary>Sees all as one moment has it, and changes nothing.</summary>
    public static Task<Transaction> BeginReadingAsync(NpgsqlDataSource source, CancellationToken cancel) =>
        BeginAsync(source, IsolationLevel.RepeatableRead, "SET TRANSACTION READ ONLY", cancel);

    /// <summary>The only one that writes; waits until the others have ended.</summary>
    public static Task<Transaction> BeginWritingAsync(NpgsqlDataSource source, CancellationToken cancel) =>
        BeginAsync(source, IsolationLevel.ReadCommitted, Lock, cancel);

    /// <summary>Commits. When the connection is lost with the answer, the server is asked what became of it: what has happened must not be told as a fault.</summary>
    public async Task CommitAsync(TimeProvider time, CancellationToken cancel)
    {
        try
        {
            await _transaction.CommitAsync(cancel);
        }
        catch (NpgsqlException fault) when (fault is not PostgresException || StoreFaults.IsLost(fault))
        {
            if (!await HasHappenedAsync(time, cancel)) throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private static async Task<Transaction> BeginAsync(NpgsqlDataSource source, IsolationLevel isolation, string first, CancellationToken cancel)
    {
        try
        {
            return await TryBeginAsync(source, isolation, first, cancel);
        }
        catch (NpgsqlException fault) when (StoreFaults.IsLost(fault))
        {
            // It may have lain dead in the pool, and others with it. Nothing has been done yet.
            source.Clear();
            return await TryBeginAsync(source, isolation, first, cancel);
        }
    }

    private static async Task<Transaction> TryBeginAsync(NpgsqlDataSource source, IsolationLevel isolation, string first, CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isolation, cancel);
            await using var command = new NpgsqlCommand(first, connection);
            return new Transaction(source, connection, transaction, await command.ExecuteScalarAsync(cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> HasHappenedAsync(TimeProvider time, CancellationToken cancel)
    {
        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < LongestDoubt; await Task.Delay(Pause, time, cancel))
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancel);
                await using var ask = new NpgsqlCommand("SELECT pg_xact_status($1::text::xid8)", connection) { Parameters = { new NpgsqlParameter { Value = _id } } };
                if (await ask.ExecuteScalarAsync(cancel) is string status and not "in progress") return status == "committed";
            }
            catch (NpgsqlException)
            {
                // The server may be starting again.
            }
        }

        return false;
    }
}
