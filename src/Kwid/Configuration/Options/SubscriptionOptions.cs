using System.ComponentModel;
using Kwid.Core.Model;

namespace Kwid.Configuration.Options;

/// <summary>What may be asked for, in a profile or by a recipient itself. Known, but nothing of it is applied in this version.</summary>
internal abstract class SubscriptionOptions : OptionsObject
{
    /// <summary>Products in use, as people write them. Default: none.</summary>
    [NotBuiltYet]
    [Description("Products in use, as people write them. Default: none.")]
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Vendors all of whose products matter. Default: none.</summary>
    [NotBuiltYet]
    [Description("Vendors all of whose products matter. Default: none.")]
    public IReadOnlyList<string> Vendors { get; init; } = [];

    /// <summary>Words that matter wherever they stand. Default: none.</summary>
    [NotBuiltYet]
    [Description("Words that matter wherever they stand. Default: none.")]
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Ids of background sources to deliver as well. Default: none.</summary>
    [NotBuiltYet]
    [Description("Ids of background sources to deliver as well. Default: none.")]
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Topics of sources that matter. Default: none, that is all.</summary>
    [NotBuiltYet]
    [Description("Topics of sources that matter. Default: none, that is all.")]
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Languages that are read, BCP 47. Default: none, that is all.</summary>
    [NotBuiltYet]
    [Description("Languages that are read, BCP 47. Default: none, that is all.")]
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Least severity delivered: none, low, medium, high or critical. Default: null, that is all.</summary>
    [NotBuiltYet]
    [Description("Least severity delivered: none, low, medium, high or critical. Default: null, that is all.")]
    public Severity? LeastSeverity { get; init; }
}
