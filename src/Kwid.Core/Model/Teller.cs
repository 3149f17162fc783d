namespace Kwid.Core.Model;

/// <summary>A source that tells an advisory, and the fingerprint of what it said last.</summary>
public sealed record Teller(SourceId Source, string Fingerprint);
