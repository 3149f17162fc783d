using System.ComponentModel;
using Kwid.Postgres;

namespace Kwid.Configuration.Options;

/// <summary>Which database.</summary>
internal enum StorageKind
{
    /// <summary>Embedded, in the data folder.</summary>
    LiteDb,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}

/// <summary>Section storage: where entries are kept. Needs a restart.</summary>
[Description("Section storage: where entries are kept. Needs a restart.")]
internal sealed class StorageOptions : OptionsObject
{
    /// <summary>liteDb: embedded, in the data folder; postgres: a server. Default: liteDb.</summary>
    [Description("liteDb: embedded, in the data folder; postgres: a server. Default: liteDb.")]
    public StorageKind Kind { get; init; } = StorageKind.LiteDb;

    /// <summary>Connection string of kind postgres, its password only as ${env:NAME} or ${file:PATH}. Default: none.</summary>
    [Description("Connection string of kind postgres, its password only as ${env:NAME} or ${file:PATH}. Default: none.")]
    public string? Connection { get; init; }

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        if (Kind == StorageKind.LiteDb && Connection is not null)
            examination.Warn(this, "connection", Codes.StorageConnection, "write \"kind\": \"postgres\" beside it, or remove it: kind liteDb has no connection");
        if (Kind == StorageKind.Postgres && Connection is null && Written?.Find("connection") is null)
            examination.Mistake(this, "kind", Codes.StorageConnection, "write \"connection\": \"${env:KWID_POSTGRES}\" beside it, and let that variable say Host=…;Database=…;Username=…;Password=…", "\"postgres\" without a connection");
        if (Kind == StorageKind.Postgres && Connection is { } connection && PostgresStore.FindMistake(connection) is { } mistake)
            examination.Mistake(this, "connection", Codes.StorageConnection, $"correct it: {mistake}");
    }
}
