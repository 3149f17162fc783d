using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>An entry and the keys that may name its advisory, strongest first, at least one.</summary>
public sealed record IdentifiedEntry(Entry Entry, IReadOnlyList<string> Keys);
