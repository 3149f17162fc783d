using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>One transaction of an ingest: at most 500 entries' worth.</summary>
/// <param name="Revisions">New revisions, each with the stage it starts in.</param>
/// <param name="Advisories">The advisories of those revisions as they are now.</param>
/// <param name="Keys">Identity keys seen, each with its advisory; known ones are written again without harm.</param>
/// <param name="State">The source's state; null in every batch but the last of a document.</param>
public sealed record IngestBatch(
    IReadOnlyList<StagedRevision> Revisions,
    IReadOnlyList<Advisory> Advisories,
    IReadOnlyList<KeyValuePair<string, AdvisoryId>> Keys,
    SourceState? State)
{
    /// <summary>What sources said last, where it has to be kept besides revisions; replaces what the same source said of the same advisory before.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>What catalogues say of CVEs; replaces what the same source said of the same CVE before.</summary>
    public IReadOnlyList<SourceFact> Facts { get; init; } = [];
}
