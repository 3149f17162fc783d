using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kwid.Configuration.Options;

/// <summary>
/// feeds.config.json. JSON with comments and trailing commas; relative paths are relative to the file; secrets as ${env:NAME} or ${file:PATH}.
/// </summary>
[Description("feeds.config.json. JSON with comments and trailing commas; relative paths are relative to the file; secrets as ${env:NAME} or ${file:PATH}.")]
internal sealed class KwidOptions : OptionsObject
{
    /// <summary>Address of this schema, for editors. No default.</summary>
    [JsonPropertyName("$schema")]
    [Description("Address of this schema, for editors. No default.")]
    public string? Schema { get; init; }

    /// <summary>Who publishes, and where.</summary>
    [Required]
    [Description("Who publishes, and where.")]
    public ServiceOptions Service { get; init; } = new();

    /// <summary>Where entries are kept.</summary>
    [Description("Where entries are kept.")]
    public StorageOptions Storage { get; init; } = new();

    /// <summary>How long what is stored is kept.</summary>
    [Description("How long what is stored is kept.")]
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>How often sources are asked.</summary>
    [Description("How often sources are asked.")]
    public PollingOptions Polling { get; init; } = new();

    /// <summary>Which ways into the network may be used.</summary>
    [Description("Which ways into the network may be used.")]
    public NetworkOptions Network { get; init; } = new();

    /// <summary>The upstreams that are polled. The order does not matter.</summary>
    [Required]
    [Description("The upstreams that are polled. The order does not matter.")]
    public IReadOnlyList<SourceOptions> Sources { get; init; } = [];

    /// <summary>By which ids publishers name a matter.</summary>
    [Description("By which ids publishers name a matter.")]
    public IdentityOptions Identity { get; init; } = new();

    /// <summary>Who gets a feed. Default: nobody but the feed for anyone, 'alle'. The longest prefix wins, key by key; lists are replaced.</summary>
    [Description("Who gets a feed. Default: nobody but the feed for anyone, 'alle'. The longest prefix wins, key by key; lists are replaced.")]
    public IReadOnlyList<RecipientOptions> Recipients { get; init; } = [];

    /// <summary>Further recipients: files beside this one, each a list of recipients; * and ? in the file name. Default: none.</summary>
    [Description("Further recipients: files beside this one, each a list of recipients; * and ? in the file name. Default: none.")]
    public string? RecipientFiles { get; init; }

    /// <summary>Named subscriptions that recipients refer to. Default: none.</summary>
    [Description("Named subscriptions that recipients refer to. Default: none.")]
    public IReadOnlyDictionary<string, ProfileOptions> Profiles { get; init; } = new Dictionary<string, ProfileOptions>(StringComparer.Ordinal);

    /// <summary>IT providers that serve several recipients. Default: none.</summary>
    [Description("IT providers that serve several recipients. Default: none.")]
    public IReadOnlyList<ProviderOptions> Providers { get; init; } = [];

    /// <summary>What publishers' wordings of their revisions tell, before and instead of the built-in rules. Default: none, the built-in ones alone.</summary>
    [Description("What publishers' wordings of their revisions tell, before and instead of the built-in rules. Default: none, the built-in ones alone.")]
    public IReadOnlyList<ChangeRuleOptions> Changes { get; init; } = [];

    /// <summary>explicit: a vendor's advisory that a WID advisory refers to, with exactly the same CVEs, is told inside the WID entry instead of beside it; never: each has its own. Default: never.</summary>
    [Description("explicit: a vendor's advisory that a WID advisory refers to, with exactly the same CVEs, is told inside the WID entry instead of beside it; never: each has its own. Default: never.")]
    public CollapseMode Collapse { get; init; } = CollapseMode.Never;

    /// <inheritdoc/>
    internal override void Check(Examination examination)
    {
        SourceIds.Check(examination, Sources);
        ProviderOptions.CheckIds(examination, Providers);
        ChangeRuleOptions.CheckIds(examination, Changes);
    }
}
