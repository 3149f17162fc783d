using System.Runtime.CompilerServices;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Table <c>editions</c>: number, part, instant and the packed part.</summary>
internal static class Editions
{
    /// <summary>Number and instant of the last one.</summary>
    public static Query<(int Number, DateTimeOffset Instant)?> Last { get; } = new("SELECT number, instant FROM kwid.editions ORDER BY number DESC LIMIT 1", row => (row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1)));

    private static Query<(int Number, DateTimeOffset Instant, EditionPart Part)> Parts { get; } = new(
        "SELECT number, instant, body FROM kwid.editions WHERE number > $1 ORDER BY number, part",
        row => (row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.Unpack(2, PackedJson.Types.EditionPart)));

    private static Query<int> Known { get; } = new("SELECT number FROM kwid.editions WHERE number = ANY($1) AND part = 0", row => row.GetInt32(0));

    /// <summary>Those above a number, in order.</summary>
    public static async IAsyncEnumerable<Edition> StreamAsync(NpgsqlConnection connection, int after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (number, instant, parts) = (0, default(DateTimeOffset), new List<EditionPart>());
        await foreach (var row in Parts.StreamAsync(connection, [after], cancel))
        {
            if (row.Number != number && parts.Count > 0) yield return EditionPart.Join(number, instant, parts);
            if (row.Number != number) (number, instant, parts) = (row.Number, row.Instant, []);
            parts.Add(row.Part);
        }

        if (parts.Count > 0) yield return EditionPart.Join(number, instant, parts);
    }

    public static void Add(NpgsqlBatch writes, Edition edition)
    {
        var bodies = EditionPart.Of(edition).Select(part => PackedJson.Pack(part, PackedJson.Types.EditionPart)).ToArray();
        writes.Add(
            "INSERT INTO kwid.editions (number, part, instant, body) SELECT $1, u.ordinal - 1, $2, u.body FROM unnest($3) WITH ORDINALITY AS u(body, ordinal)", edition.Number, edition.Instant, bodies);
    }

    /// <summary>Puts them in the places of those with their numbers, where there are any.</summary>
    public static async Task ReplaceAsync(NpgsqlConnection connection, NpgsqlBatch writes, IReadOnlyList<Edition> editions, CancellationToken cancel)
    {
        if (editions.Count == 0) return;
        var numbers = editions.Select(edition => edition.Number).ToArray();
        var known = await Known.AllAsync(connection, [numbers], cancel);
        writes.Add("DELETE FROM kwid.editions WHERE number = ANY($1)", (object)numbers);
        foreach (var edition in editions.Where(edition => known.Contains(edition.Number))) Add(writes, edition);
    }
}
