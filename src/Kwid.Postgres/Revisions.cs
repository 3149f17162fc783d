using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Table <c>revisions</c>: advisory, number and the packed revision. Never changed once written, but for its text, which retention takes out.</summary>
internal static class Revisions
{
    public static Query<Revision> All { get; } = new("SELECT body FROM kwid.revisions ORDER BY advisory, number", Read);

    /// <summary>Behind a key, in the order of the keys; parameters: advisory, number, how many at most.</summary>
    public static Query<Revision> After { get; } = new("SELECT body FROM kwid.revisions WHERE (advisory, number) > ($1, $2) ORDER BY advisory, number LIMIT $3", Read);

    /// <summary>Parameters: advisory, number.</summary>
    public static Query<Revision> One { get; } = new("SELECT body FROM kwid.revisions WHERE advisory = $1 AND number = $2", Read);

    public static void Add(NpgsqlBatch writes, IReadOnlyList<Revision> revisions) => Write(writes, "INSERT INTO kwid.revisions (advisory, number, body) SELECT * FROM unnest($1, $2, $3)", revisions);

    /// <summary>Puts them in the place of those with their keys, where there are any.</summary>
    public static void Replace(NpgsqlBatch writes, IReadOnlyList<Revision> revisions) => Write(
        writes,
        "UPDATE kwid.revisions r SET body = u.body FROM unnest($1, $2, $3) AS u(advisory, number, body) WHERE r.advisory = u.advisory AND r.number = u.number",
        revisions);

    public static void Remove(NpgsqlBatch writes, IReadOnlyList<RevisionKey> revisions)
    {
        var (advisories, numbers) = revisions.Columns();
        if (numbers.Length > 0) writes.Add("DELETE FROM kwid.revisions r USING unnest($1, $2) AS u(advisory, number) WHERE r.advisory = u.advisory AND r.number = u.number", advisories, numbers);
    }

    private static void Write(NpgsqlBatch writes, string text, IReadOnlyList<Revision> revisions)
    {
        var (advisories, numbers) = revisions.Select(revision => revision.Key).Columns();
        if (numbers.Length > 0) writes.Add(text, advisories, numbers, revisions.Select(revision => PackedJson.Pack(revision, PackedJson.Types.Revision)).ToArray());
    }

    private static Revision Read(NpgsqlDataReader row) => row.Unpack(0, PackedJson.Types.Revision);
}
