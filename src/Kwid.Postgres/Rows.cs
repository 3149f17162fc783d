using System.Text.Json.Serialization.Metadata;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>What the tables' classes have in common: statements with their values, fields of a row.</summary>
internal static class Rows
{
    /// <summary>Puts a statement behind the others: a batch is one round trip, however many it has.</summary>
    public static void Add(this NpgsqlBatch batch, string text, params object[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }

    /// <summary>Sends the batch, if anything is in it.</summary>
    public static Task SendAsync(this NpgsqlBatch batch, CancellationToken cancel) => batch.BatchCommands.Count == 0 ? Task.CompletedTask : batch.ExecuteNonQueryAsync(cancel);

    /// <summary>The keys' two columns.</summary>
    public static (string[] Advisories, int[] Numbers) Columns(this IEnumerable<RevisionKey> keys)
    {
        var list = keys.ToList();
        return ([.. list.Select(key => key.Advisory.ToString())], [.. list.Select(key => key.Number)]);
    }

    /// <summary>Of two columns side by side, advisory and number.</summary>
    public static RevisionKey Key(this NpgsqlDataReader row, int column) => new(new AdvisoryId(row.GetString(column)), row.GetInt32(column + 1));

    public static string? FindText(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A packed value.</summary>
    public static T Unpack<T>(this NpgsqlDataReader row, int column, JsonTypeInfo<T> type) => PackedJson.Unpack(row.GetFieldValue<byte[]>(column), type);
}
