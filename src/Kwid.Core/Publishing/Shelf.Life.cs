using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

// What became of the feeds' recipients.
public sealed partial class Shelf
{
    /// <summary>Who took the place of the feed's recipient, and since when; null: nobody.</summary>
    public (Succession Successor, DateTimeOffset Since)? MergerOf(string feed) =>
        _feeds.TryGetValue(feed, out var record) && record.Merger is { } merger ? (merger.Successor, merger.Since.Instant) : null;

    /// <summary>Names that the feed's recipient had before, oldest first.</summary>
    public IReadOnlyList<string> FormerNamesOf(string feed) => _feeds.TryGetValue(feed, out var record) ? record.FormerNames : [];
}
