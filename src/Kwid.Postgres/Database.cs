using System.Runtime.CompilerServices;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>
/// The way to one database. Writes of this process have their turn in the order in which they were asked for, and a lock in the database keeps those of other processes off meanwhile.
/// A connection that died while it lay in the pool is replaced by another.
/// </summary>
internal sealed class Database(NpgsqlDataSource source, Address address, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _closed;

    /// <summary>The answer to one statement: a single round trip. Asked again on another connection when the first was dead.</summary>
    public Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel) => ExplainAsync(async () =>
    {
        try
        {
            return await TryAskAsync(work, cancel);
        }
        catch (NpgsqlException fault) when (StoreFaults.IsLost(fault))
        {
            source.Clear();
            return await TryAskAsync(work, cancel);
        }
    });

    /// <summary>Answers to several statements, as one moment has them.</summary>
    public Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel) => ExplainAsync(async () =>
    {
        await using var reading = await Transaction.BeginReadingAsync(source, cancel);
        return await work(reading.Connection);
    });

    /// <summary>Many answers, as one moment has them, while others go on writing.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(Func<NpgsqlConnection, IAsyncEnumerable<T>> work, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var reading = await ExplainAsync(() => Transaction.BeginReadingAsync(source, cancel));
        await using var answers = work(reading.Connection).GetAsyncEnumerator(cancel);
        while (await ExplainAsync(() => answers.MoveNextAsync().AsTask())) yield return answers.Current;
    }

    /// <summary>One transaction. Cancelling takes it out of the queue; once it has begun it goes on to its end, as the work's own token is never cancelled.</summary>
    public async Task<T> WriteAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, typeof(PostgresStore));
        await _turn.WaitAsync(cancel);
        try
        {
            return await ExplainAsync(async () =>
            {
                await using var writing = await Transaction.BeginWritingAsync(source, cancel);
                var result = await work(writing.Connection, CancellationToken.None);
                await writing.CommitAsync(time, CancellationToken.None);
                return result;
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets those that write or wait for it end, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        await _turn.WaitAsync(CancellationToken.None);
        await source.DisposeAsync();
        _turn.Release();
    }

    private async Task<T> TryAskAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await work(connection);
    }

    private async Task<T> ExplainAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (StoreFaults.IsKnown(fault))
        {
            throw StoreFaults.Explain(address, fault);
        }
    }
}
