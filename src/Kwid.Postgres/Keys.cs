using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>
/// Table <c>keys</c>: the identity key in UTF-8 and the advisory it means. PostgreSQL takes some 2,700 bytes into an index and no NUL into a text, and a guid may be anything: keys are
/// bytes, and a long one stands under its hash with the key itself beside it.
/// </summary>
internal static class Keys
{
    /// <summary>In bytes; longer ones are told by their hash.</summary>
    private const int LongestAsIs = 500;

    /// <summary>Marks a hash: no UTF-8 has it.</summary>
    private const byte HashMark = 0xFF;

    /// <param name="known">The advisories that the keys mean, so that equal ids share one text.</param>
    public static Query<KeyValuePair<string, AdvisoryId>> All(IEnumerable<Advisory> known)
    {
        var ids = known.ToDictionary(advisory => advisory.Id.ToString(), advisory => advisory.Id, StringComparer.Ordinal);
        return new("SELECT coalesce(whole, id), advisory FROM kwid.keys ORDER BY id", row =>
        {
            var advisory = row.GetString(1);
            if (!ids.TryGetValue(advisory, out var id)) ids[advisory] = id = new AdvisoryId(advisory);
            return new(Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), id);
        });
    }

    /// <summary>Writes those that are not yet there with the same meaning: polls tell the same keys over and over. Of one that is named twice the last meaning counts.</summary>
    public static void Put(NpgsqlBatch writes, IEnumerable<KeyValuePair<string, AdvisoryId>> keys)
    {
        // Halves of surrogate pairs, which UTF-8 has not, may make two keys one.
        var last = keys.Select(key => (Key: Encoding.UTF8.GetBytes(key.Key), key.Value)).GroupBy(key => Encoding.UTF8.GetString(key.Key), StringComparer.Ordinal)
            .Select(same => (same.First().Key, Advisory: same.Last().Value.ToString())).ToList();
        if (last.Count == 0) return;
        writes.Add(
            """
            INSERT INTO kwid.keys (id, advisory, whole)
            SELECT u.* FROM unnest($1, $2, $3) AS u(id, advisory, whole) LEFT JOIN kwid.keys k ON k.id = u.id WHERE k.advisory IS DISTINCT FROM u.advisory
            ON CONFLICT (id) DO UPDATE SET advisory = excluded.advisory
            """,
            last.Select(key => IsLong(key.Key) ? [HashMark, .. SHA256.HashData(key.Key)] : key.Key).ToArray(),
            last.Select(key => key.Advisory).ToArray(),
            last.Select(key => IsLong(key.Key) ? key.Key : null).ToArray());
    }

    private static bool IsLong(byte[] key) => key.Length > LongestAsIs;
}
