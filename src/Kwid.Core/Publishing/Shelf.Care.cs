using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

// What a check of the whole looks at.
public sealed partial class Shelf
{
    /// <summary>The revisions whose texts are here.</summary>
    internal IReadOnlyCollection<RevisionKey> TextKeys => [.. _places.Keys.Union(_unsaved.Keys)];

    /// <summary>The revisions that stand in the window of any feed without their texts.</summary>
    internal IReadOnlyCollection<RevisionKey> MissingTexts =>
    [
        .. _feeds.Values.Where(feed => !feed.Ended).Select(feed => feed.View).Distinct()
            .SelectMany(view => view.Snapshot.Window).Where(entry => entry.Withdrawn is null)
            .SelectMany(entry => entry.Texts).Distinct()
            .Where(key => !_places.ContainsKey(key) && !_unsaved.ContainsKey(key)),
    ];

    /// <summary>Whether an edition of the store is shown just as it is stored: one of the same number may be another store's.</summary>
    internal bool Shows(Edition stored) => FindEdition(stored.Number) is { } shown && Bytes(shown).AsSpan().SequenceEqual(Bytes(stored));

    private static byte[] Bytes(Edition edition) => JsonSerializer.SerializeToUtf8Bytes(edition, ModelJson.Options);

    /// <summary>The newest editions as they are shown, oldest first.</summary>
    internal IReadOnlyList<Edition> Newest(int count)
    {
        lock (_writing) return [.. _editions.TakeLast(count)];
    }

    /// <summary>An edition as it is shown; null when it is not.</summary>
    internal Edition? FindEdition(int number)
    {
        lock (_writing) return number >= 1 && number <= _editions.Count ? _editions[number - 1] : null;
    }
}
