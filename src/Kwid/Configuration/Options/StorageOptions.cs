using System.ComponentModel;

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
    [NotBuiltYet]
    [Description("Connection string of kind postgres, its password only as ${env:NAME} or ${file:PATH}. Default: none.")]
    public string? Connection { get; init; }

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        // A mistake, not a warning: with no store there is nothing to fall back on, and another store than asked for would lose data.
        if (Kind == StorageKind.Postgres)
            examination.Mistake(this, "kind", Codes.StorageKind, "write \"liteDb\": PostgreSQL is not supported yet");
    }
}
