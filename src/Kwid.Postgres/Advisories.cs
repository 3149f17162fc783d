using Kwid.Core.Model;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Table <c>advisories</c>: one column a field; lists are parted by blanks, null where there is nothing.</summary>
internal static class Advisories
{
    private static Query<(string Id, int Number)> Last { get; } = new("SELECT id, last_revision FROM kwid.advisories WHERE id = ANY($1)", row => (row.GetString(0), row.GetInt32(1)));

    /// <summary>All. Equal source ids share one text: there are a hundred thousand of the one and hundreds of the other.</summary>
    public static Query<Advisory> All()
    {
        var sources = new Dictionary<string, SourceId>(StringComparer.Ordinal);
        return new("SELECT id, source, last_revision, fingerprint, tellers, cves, names, alias_of, since FROM kwid.advisories ORDER BY id", row => Read(row, sources));
    }

    /// <summary>Numbers of the last revisions of those that are stored.</summary>
    public static async Task<Dictionary<AdvisoryId, int>> LastRevisionsAsync(NpgsqlConnection connection, IEnumerable<Advisory> advisories, CancellationToken cancel)
    {
        var ids = advisories.Select(advisory => advisory.Id.ToString()).ToArray();
        return ids.Length == 0 ? [] : (await Last.AllAsync(connection, [ids], cancel)).ToDictionary(one => new AdvisoryId(one.Id), one => one.Number);
    }

    /// <summary>Writes them, new or changed.</summary>
    public static void Put(NpgsqlBatch writes, IReadOnlyList<Advisory> advisories)
    {
        if (advisories.Count == 0) return;
        writes.Add(
            """
            INSERT INTO kwid.advisories (id, source, last_revision, fingerprint, tellers, cves, names, alias_of, since) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (id) DO UPDATE SET source = excluded.source, last_revision = excluded.last_revision, fingerprint = excluded.fingerprint, tellers = excluded.tellers,
                cves = excluded.cves, names = excluded.names, alias_of = excluded.alias_of, since = excluded.since
            """,
            advisories.Select(advisory => advisory.Id.ToString()).ToArray(),
            advisories.Select(advisory => advisory.Source.ToString()).ToArray(),
            advisories.Select(advisory => advisory.LastRevision).ToArray(),
            advisories.Select(advisory => advisory.Fingerprint).ToArray(),
            advisories.Select(advisory => List(advisory.Tellers.Select(teller => $"{teller.Source} {teller.Fingerprint}"))).ToArray(),
            advisories.Select(advisory => List(advisory.Cves.Select(cve => cve.ToString()))).ToArray(),
            advisories.Select(advisory => List(advisory.Names.Select(name => name.ToString()))).ToArray(),
            advisories.Select(advisory => advisory.AliasOf?.ToString()).ToArray(),
            advisories.Select(advisory => advisory.Since?.ToUnixTimeMilliseconds()).ToArray());
    }

    private static Advisory Read(NpgsqlDataReader row, Dictionary<string, SourceId> sources)
    {
        return new Advisory(new AdvisoryId(row.GetString(0)), Source(row.GetString(1)), row.GetInt32(2), row.GetString(3))
        {
            Tellers = [.. List(row, 4).Chunk(2).Select(pair => new Teller(Source(pair[0]), pair[1]))],
            Cves = [.. List(row, 5).Select(cve => new CveId(cve))],
            Names = [.. List(row, 6).Select(name => new AdvisoryId(name))],
            AliasOf = row.FindText(7) is { } alias ? new AdvisoryId(alias) : null,
            Since = row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        };

        SourceId Source(string text) => sources.TryGetValue(text, out var id) ? id : sources[text] = new SourceId(text);
    }

    private static string[] List(NpgsqlDataReader row, int column) => row.FindText(column)?.Split(' ') ?? [];

    private static string? List(IEnumerable<string> list) => string.Join(' ', list) is { Length: > 0 } text ? text : null;
}
