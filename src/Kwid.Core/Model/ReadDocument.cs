using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>What Reading found in one document.</summary>
/// <param name="Format">For people: <c>RSS 2.0</c>, <c>Atom 1.0</c>.</param>
/// <param name="Head">What the feed says of itself.</param>
/// <param name="Entries">In the document's order.</param>
/// <param name="Faults">What could not be read, each naming place and finding; empty when all was well.</param>
public sealed record ReadDocument(string Format, FeedHead Head, IReadOnlyList<RawEntry> Entries, IReadOnlyList<string> Faults)
{
    /// <summary>True for a catalogue of CVEs, which has facts instead of entries.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsCatalogue { get; init; }

    /// <summary>What a catalogue says of CVEs; empty for everything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Items that the document has besides and that are known to say what they said before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Unchanged { get; init; }
}
