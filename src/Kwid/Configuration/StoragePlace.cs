using Kwid.Configuration.Options;
using Kwid.Postgres;

namespace Kwid.Configuration;

/// <summary>Where entries are kept.</summary>
/// <param name="Kind">Which database.</param>
/// <param name="Connection">Of kind postgres; has the password.</param>
internal sealed record StoragePlace(StorageKind Kind, string? Connection)
{
    /// <summary>For messages: without any secret.</summary>
    public override string ToString() => Kind == StorageKind.Postgres ? PostgresStore.Describe(Connection!) : "liteDb";
}
