using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Table <c>statements</c>: advisory, source and the packed entry that the source said last.</summary>
internal static class Statements
{
    public static Query<Statement> All { get; } = new("SELECT advisory, body FROM kwid.statements ORDER BY advisory, source", row => new Statement(new AdvisoryId(row.GetString(0)), row.Unpack(1, PackedJson.Types.Entry)));

    /// <summary>All of an advisory, by the ids of their sources; its parameter.</summary>
    public static Query<Entry> Of { get; } = new("SELECT body FROM kwid.statements WHERE advisory = $1 ORDER BY source", row => row.Unpack(0, PackedJson.Types.Entry));

    /// <summary>Of an advisory and source that are named twice the last statement counts.</summary>
    public static void Put(NpgsqlBatch writes, IEnumerable<Statement> statements)
    {
        var last = statements.GroupBy(statement => (statement.Advisory, statement.Entry.Source)).Select(same => same.Last()).ToList();
        if (last.Count == 0) return;
        writes.Add(
            "INSERT INTO kwid.statements (advisory, source, body) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (advisory, source) DO UPDATE SET body = excluded.body",
            last.Select(statement => statement.Advisory.ToString()).ToArray(),
            last.Select(statement => statement.Entry.Source.ToString()).ToArray(),
            last.Select(statement => PackedJson.Pack(statement.Entry, PackedJson.Types.Entry)).ToArray());
    }

    public static void RemoveOf(NpgsqlBatch writes, IReadOnlyList<AdvisoryId> advisories)
    {
        if (advisories.Count > 0) writes.Add("DELETE FROM kwid.statements WHERE advisory = ANY($1)", (object)advisories.Select(advisory => advisory.ToString()).ToArray());
    }
}
