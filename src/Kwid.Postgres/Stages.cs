using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>
/// Table <c>stages</c>: where revisions stand, kept apart from them so that publishing a hundred thousand rewrites none. Pending ones have a place, so that the order of commits
/// survives; it is given while no one else writes. Revisions that are not in it are published.
/// </summary>
internal static class Stages
{
    private const string Pairs = "unnest($1, $2) WITH ORDINALITY AS u(advisory, number, ordinal)";
    private const string IsPair = "s.advisory = u.advisory AND s.number = u.number";

    /// <summary>Texts of the pending ones, in the order of their commits. One without a text fails: it is in no table that it must be in.</summary>
    public static Query<Revision> Pending { get; } = new(
        "SELECT r.body, s.advisory, s.number FROM kwid.stages s LEFT JOIN kwid.revisions r USING (advisory, number) WHERE s.place IS NOT NULL ORDER BY s.place",
        row => row.IsDBNull(0) ? throw new InvalidDataException($"revision {row.Key(1)} waits for an edition, but is not stored") : row.Unpack(0, PackedJson.Types.Revision));

    /// <summary>All: the pending in their order with places from 1 without gaps, then the others by their keys.</summary>
    public static Query<StoreRecord> All { get; } = new(
        """
        SELECT advisory, number, stage, CASE WHEN place IS NULL THEN 0 ELSE row_number() OVER (ORDER BY place) END::integer AS nth FROM kwid.stages
        ORDER BY place IS NULL, place, advisory, number
        """,
        row => StoreRecord.Of(row.Key(0), Enum.Parse<RevisionStage>(row.GetString(2)), row.GetInt32(3)));

    /// <summary>Those in a stage, its parameter.</summary>
    public static Query<RevisionKey> In { get; } = new("SELECT advisory, number FROM kwid.stages WHERE stage = $1", row => row.Key(0));

    /// <summary>Of those named, those that wait for the operator, in the order named; parameters: advisories, numbers.</summary>
    public static Query<RevisionKey> Waiting { get; } = new(
        $"SELECT s.advisory, s.number FROM {Pairs} JOIN kwid.stages s ON {IsPair} WHERE s.stage = '{nameof(RevisionStage.Waiting)}' ORDER BY u.ordinal", row => row.Key(0));

    /// <summary>Of those named, one that waits for no edition; parameters: advisories, numbers.</summary>
    public static Query<RevisionKey?> NotPending { get; } = new(
        $"SELECT u.advisory, u.number FROM {Pairs} LEFT JOIN kwid.stages s ON {IsPair} AND s.place IS NOT NULL WHERE s.advisory IS NULL ORDER BY u.ordinal LIMIT 1", row => row.Key(0));

    /// <summary>What is newer than those named and not pending, wherever it stands; parameters: advisories, numbers.</summary>
    public static Query<RevisionKey> Newer { get; } = new(
        $"""
        SELECT r.advisory, r.number FROM {Pairs} JOIN kwid.revisions r ON r.advisory = u.advisory AND r.number > u.number
        LEFT JOIN kwid.stages s ON s.advisory = r.advisory AND s.number = r.number AND s.place IS NOT NULL
        WHERE s.advisory IS NULL ORDER BY u.ordinal, r.number
        """,
        row => row.Key(0));

    /// <summary>Gives revisions a stage, the pending ones their places behind all others, in their order.</summary>
    public static void Begin(NpgsqlBatch writes, IEnumerable<(RevisionKey Key, RevisionStage Stage)> revisions)
    {
        var list = revisions.Where(one => one.Stage != RevisionStage.Published).ToList();
        if (list.Count == 0) return;
        var (advisories, numbers) = list.Select(one => one.Key).Columns();
        writes.Add(
            $"""
            INSERT INTO kwid.stages (advisory, number, stage, place)
            SELECT u.advisory, u.number, u.stage, CASE u.stage WHEN '{nameof(RevisionStage.Pending)}' THEN (SELECT coalesce(max(place), 0) FROM kwid.stages) + u.ordinal END
            FROM unnest($1, $2, $3) WITH ORDINALITY AS u(advisory, number, stage, ordinal)
            """,
            advisories,
            numbers,
            list.Select(one => one.Stage.ToString()).ToArray());
    }

    /// <summary>Takes revisions out of their stage.</summary>
    public static void End(NpgsqlBatch writes, IEnumerable<RevisionKey> revisions)
    {
        var (advisories, numbers) = revisions.Columns();
        if (numbers.Length > 0) writes.Add($"DELETE FROM kwid.stages s USING {Pairs} WHERE {IsPair}", advisories, numbers);
    }
}
