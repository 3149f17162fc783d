using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>One entry made of what several sources say.</summary>
/// <param name="Entry">The whole; its source is the one that knows it best.</param>
/// <param name="Told">What it was made of, the best first.</param>
/// <param name="Fields">By field: whose words it bears; empty when one source says it all.</param>
public sealed record Merged(Entry Entry, IReadOnlyList<Entry> Told, IReadOnlyDictionary<string, SourceId> Fields);
