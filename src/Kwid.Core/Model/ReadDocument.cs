namespace Kwid.Core.Model;

/// <summary>What Reading found in one document.</summary>
/// <param name="Format">For people: <c>RSS 2.0</c>, <c>Atom 1.0</c>.</param>
/// <param name="Title">The upstream feed's own title; null when it has none.</param>
/// <param name="Language">BCP 47 tag as written; null when the feed does not say.</param>
/// <param name="Entries">In the document's order.</param>
/// <param name="Faults">What could not be read, each naming place and finding; empty when all was well.</param>
public sealed record ReadDocument(string Format, string? Title, string? Language, IReadOnlyList<RawEntry> Entries, IReadOnlyList<string> Faults);
