using System.Runtime.CompilerServices;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>A question to the database and how a row of its answer is read.</summary>
/// <param name="Text">SQL; parameters are $1, $2, …</param>
/// <param name="Read">Reads the current row.</param>
internal sealed record Query<T>(string Text, Func<NpgsqlDataReader, T> Read)
{
    /// <summary>Row by row, as the server sends them: memory holds one.</summary>
    public async IAsyncEnumerable<T> StreamAsync(NpgsqlConnection connection, object[] values, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Text, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) yield return ReadRow(rows);
    }

    /// <summary>All rows.</summary>
    public async Task<List<T>> AllAsync(NpgsqlConnection connection, object[] values, CancellationToken cancel)
    {
        var all = new List<T>();
        await foreach (var row in StreamAsync(connection, values, cancel)) all.Add(row);
        return all;
    }

    /// <summary>The first row; the type's default where there is none.</summary>
    public async Task<T?> FindAsync(NpgsqlConnection connection, object[] values, CancellationToken cancel)
    {
        await foreach (var row in StreamAsync(connection, values, cancel)) return row;
        return default;
    }

    private T ReadRow(NpgsqlDataReader rows)
    {
        try
        {
            return Read(rows);
        }
        catch (Exception fault) when (fault is not NpgsqlException)
        {
            throw new DamagedRowException(Text, fault);
        }
    }
}
