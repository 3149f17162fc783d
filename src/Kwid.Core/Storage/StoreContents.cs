using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>What is in a store, without texts.</summary>
/// <param name="Advisories">All.</param>
/// <param name="Keys">Identity keys, each with its advisory.</param>
/// <param name="Sources">State of every source ever polled.</param>
/// <param name="LastEdition">Number and instant of the last edition; null before the first.</param>
public sealed record StoreContents(
    IReadOnlyList<Advisory> Advisories,
    IReadOnlyList<KeyValuePair<string, AdvisoryId>> Keys,
    IReadOnlyList<SourceState> Sources,
    (int Number, DateTimeOffset Instant)? LastEdition)
{
    /// <summary>What catalogues say of CVEs.</summary>
    public IReadOnlyList<SourceFact> Facts { get; init; } = [];

    /// <summary>All ever issued.</summary>
    public IReadOnlyList<Capability> Capabilities { get; init; } = [];
}
