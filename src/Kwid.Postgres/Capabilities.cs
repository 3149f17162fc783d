using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>Table <c>capabilities</c>: the capability's id, body packed.</summary>
internal static class Capabilities
{
    public static Query<Capability> All { get; } = new("SELECT body FROM kwid.capabilities ORDER BY id", row => row.Unpack(0, PackedJson.Types.Capability));

    /// <summary>Of one that is named twice the last counts.</summary>
    public static void Put(NpgsqlBatch writes, IEnumerable<Capability> capabilities)
    {
        var last = capabilities.GroupBy(capability => capability.Id, StringComparer.Ordinal).Select(same => same.Last()).ToList();
        if (last.Count == 0) return;
        writes.Add(
            "INSERT INTO kwid.capabilities (id, body) SELECT * FROM unnest($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            last.Select(capability => capability.Id).ToArray(),
            last.Select(capability => PackedJson.Pack(capability, PackedJson.Types.Capability)).ToArray());
    }
}
