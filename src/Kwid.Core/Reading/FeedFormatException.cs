namespace Kwid.Core.Reading;

/// <summary>A body that no reader understands. The poll fails; stored entries stay as they are. Who catches it names the source.</summary>
/// <param name="line">Where the body stops being a feed, 1-based.</param>
/// <param name="found">What stands there instead, as a noun phrase: "an HTML page ("Just a moment…")".</param>
/// <param name="told">The whole sentence, for a body that was not to be a feed; null for the one about feeds.</param>
public sealed class FeedFormatException(int line, string found, string? told = null) : Exception(
    told ?? $"Line {line} is {found}, but a feed starts with <rss>, <rdf:RDF>, <feed> or, as JSON Feed, with {{. Open the address in a browser; if the source has moved, change its url in feeds.config.json.")
{
    /// <summary>Line of the finding, 1-based.</summary>
    public int Line { get; } = line;

    /// <summary>What was found instead of a feed.</summary>
    public string Found { get; } = found;
}
