namespace Kwid.Core.Model;

/// <summary>A raw entry that could not become an entry. It is reported in the source's health, never dropped in silence.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="What">The item, as far as it can be named: title, guid, or its place.</param>
/// <param name="Reason">What was found and what an entry needs.</param>
public sealed record Rejected(SourceId Source, string What, string Reason);
