namespace Kwid.Core.Model;

/// <summary>An upstream that is polled: one entry of <c>sources</c> in feeds.config.json.</summary>
public sealed record Source
{
    /// <summary>Its identity for ever; a renamed source states <see cref="FormerIds"/>.</summary>
    public required SourceId Id { get; init; }

    /// <summary>Name shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>How it is walked and read.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>Absolute address, http(s) or file.</summary>
    public required Uri Url { get; init; }

    /// <summary>Whether the address may hold a secret: people then see its host alone.</summary>
    public bool IsAddressConfidential { get; init; }

    /// <summary>How often it is polled.</summary>
    public required SourceClass Class { get; init; }

    /// <summary>Whom it reaches.</summary>
    public required Delivery Deliver { get; init; }

    /// <summary>The label of documents that bear none.</summary>
    public required Tlp Tlp { get; init; }

    /// <summary>BCP 47 tag such as <c>de</c>.</summary>
    public string Language { get; init; } = "de";

    /// <summary>Who is to be named with its entries.</summary>
    public required string Attribution { get; init; }

    /// <summary>Terms of its texts, "nicht angegeben" where none are known.</summary>
    public required string License { get; init; }

    /// <summary>Subjects it covers, for people.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>A disabled source is never asked.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Pause between two polls where it differs from its class's; null: the class's.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Cron expression of five fields (minute, hour, day, month, weekday) in the service's time zone, instead of an interval; null for none.</summary>
    public string? Cron { get; init; }

    /// <summary>Credentials, certificates, proxy: how it wants to be asked.</summary>
    public SourceAccess Access { get; init; } = SourceAccess.Open;

    /// <summary>User-Agent where the source insists on another than ours.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Ids it had before.</summary>
    public IReadOnlyList<SourceId> FormerIds { get; init; } = [];

    /// <summary>What is to be found on it; null unless it is a page.</summary>
    public PageSelectors? Page { get; init; }

    /// <summary>How it is walked if it is a CSAF provider.</summary>
    public CsafPlan Csaf { get; init; } = CsafPlan.Default;

    /// <summary>Whether its documents are many, each a matter of its own (a folder, a CSAF provider), and not one that changes.</summary>
    public bool HasManyDocuments => Url.IsFile || Kind is SourceKind.Csaf;

    /// <summary>Whether this version of Kwid can poll its kind at its address; if not it is shown as "not supported yet". A CSAF provider is on the web: a folder of documents is a feed. Notices are in a folder.</summary>
    public bool IsSupported => Kind is SourceKind.Feed or SourceKind.Page or SourceKind.Facts || Kind == (Url.IsFile ? SourceKind.Notices : SourceKind.Csaf);

    /// <summary>Whether it is polled at all.</summary>
    public bool IsPolled => Enabled && IsSupported;
}
