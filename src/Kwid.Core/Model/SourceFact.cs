namespace Kwid.Core.Model;

/// <summary>A fact and the source that told it; the newest of a source and CVE counts.</summary>
public sealed record SourceFact(SourceId Source, Fact Fact);
