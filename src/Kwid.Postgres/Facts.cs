using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Table <c>facts</c>: source, CVE and the packed fact.</summary>
internal static class Facts
{
    public static Query<SourceFact> All { get; } = new("SELECT body FROM kwid.facts ORDER BY source, cve", row => row.Unpack(0, PackedJson.Types.SourceFact));

    /// <summary>Of a source and CVE that are named twice the last fact counts.</summary>
    public static void Put(NpgsqlBatch writes, IEnumerable<SourceFact> facts)
    {
        var last = facts.GroupBy(fact => (fact.Source, fact.Fact.Cve)).Select(same => same.Last()).ToList();
        if (last.Count == 0) return;
        writes.Add(
            "INSERT INTO kwid.facts (source, cve, body) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (source, cve) DO UPDATE SET body = excluded.body",
            last.Select(fact => fact.Source.ToString()).ToArray(),
            last.Select(fact => fact.Fact.Cve.ToString()).ToArray(),
            last.Select(fact => PackedJson.Pack(fact, PackedJson.Types.SourceFact)).ToArray());
    }
}
