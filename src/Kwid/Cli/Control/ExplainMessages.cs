namespace Kwid.Cli.Control;

/// <summary>What to explain.</summary>
/// <param name="Id">In any spelling.</param>
internal sealed record ExplainRequest(string Id);

/// <summary>An advisory's life.</summary>
/// <param name="Id">Its own spelling.</param>
/// <param name="Title">As it is told now; null while it is only listed.</param>
/// <param name="Aliases">Ids of advisories that turned out to be this one.</param>
/// <param name="Sources">Who tells it, and what each said last.</param>
/// <param name="Fields">What is told now, and where each came from.</param>
/// <param name="Revisions">Oldest first.</param>
/// <param name="Facts">What catalogues say of its CVEs.</param>
/// <param name="Relations">Which others belong to it.</param>
/// <param name="Published">Where it went, oldest first.</param>
internal sealed record ExplainAnswer(
    string Id,
    string? Title,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<ExplainedSource> Sources,
    IReadOnlyList<ExplainedField> Fields,
    IReadOnlyList<ExplainedRevision> Revisions,
    IReadOnlyList<ExplainedFact> Facts,
    IReadOnlyList<ExplainedRelation> Relations,
    IReadOnlyList<ExplainedPublication> Published)
{
    /// <summary>How many revisions there were; texts of old ones may be gone.</summary>
    public int LastRevision { get; init; }
}

/// <summary>What a source said last.</summary>
internal sealed record ExplainedSource(string Source, string? Name, string? Deliver, string Guid, DateTimeOffset? Date, string Title, string? Severity, int Cves, string Label, string? Withdrawn);

/// <summary>A field and where it came from.</summary>
internal sealed record ExplainedField(string Field, string Value, string From);

/// <summary>One dated state.</summary>
internal sealed record ExplainedRevision(int Number, DateTimeOffset Seen, IReadOnlyList<string> Sources, IReadOnlyList<ExplainedChange> Changes)
{
    /// <summary>Whether retention took its texts.</summary>
    public bool IsBared { get; init; }
}

/// <summary>One field's difference; news is null when it is silent.</summary>
internal sealed record ExplainedChange(string Field, string Rule, string? News, string? Before, string? After);

/// <summary>What a catalogue says.</summary>
internal sealed record ExplainedFact(string Cve, string Source, string Says);

/// <summary>Another advisory and what proves that they belong together.</summary>
internal sealed record ExplainedRelation(string Id, string Key, string? Title);

/// <summary>A row of a class log; feeds: how many show that class now.</summary>
internal sealed record ExplainedPublication(int Edition, DateTimeOffset Instant, string Class, int Feeds, string How, string Revision, string Why, string? Digest)
{
    /// <summary>Name of the provider whose feed shows that class; null for others.</summary>
    public string? Provider { get; init; }
}
