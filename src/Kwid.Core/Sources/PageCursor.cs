using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kwid.Core.Pages;

namespace Kwid.Core.Sources;

/// <summary>What a <see cref="PageWalk"/> remembers: which items' own pages it has read, and how often it failed on others. Only of items that the page shows.</summary>
internal sealed class PageCursor
{
    /// <summary>Times that an item's own page is asked in vain before the item is left as the list tells it.</summary>
    private const int MostTries = 5;

    private readonly SortedDictionary<string, DetailMark> _marks;

    private PageCursor(SortedDictionary<string, DetailMark> marks) => _marks = marks;

    /// <summary>The memory from its text, without items that are gone: it must not grow with each that ever was. A text that is not ours is none.</summary>
    public static PageCursor Read(string? cursor, IEnumerable<PageItem> items)
    {
        var kept = new SortedDictionary<string, DetailMark>(StringComparer.Ordinal);
        var known = Parse(cursor);
        foreach (var item in items)
            if (known.TryGetValue(Key(item), out var mark) && mark.Item == item.Mark) kept[Key(item)] = mark;
        return new PageCursor(kept);
    }

    /// <summary>The memory as text.</summary>
    public string Write() => JsonSerializer.Serialize(_marks);

    /// <summary>Whether the item was told for good, as it stands there.</summary>
    public bool IsDone(PageItem item) => _marks.TryGetValue(Key(item), out var mark) && (mark.Done || mark.Tries >= MostTries);

    /// <summary>Times that its own page was asked in vain.</summary>
    public int Tries(PageItem item) => _marks.TryGetValue(Key(item), out var mark) ? mark.Tries : 0;

    /// <summary>Its own page was read.</summary>
    public void Done(PageItem item) => _marks[Key(item)] = new DetailMark(item.Mark, 0, Done: true);

    /// <summary>Its own page could not be read.</summary>
    public void Failed(PageItem item) => _marks[Key(item)] = new DetailMark(item.Mark, Tries(item) + 1, Done: false);

    private static string Key(PageItem item) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Id} {item.Link?.AbsoluteUri}")).AsSpan(0, 8));

    private static Dictionary<string, DetailMark> Parse(string? cursor)
    {
        try
        {
            return cursor is null ? [] : JsonSerializer.Deserialize<Dictionary<string, DetailMark>>(cursor) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <summary>What is remembered of one item.</summary>
/// <param name="Item">The item's mark at the time; when it changes, its own page is asked again.</param>
/// <param name="Tries">Times asked in vain.</param>
/// <param name="Done">Whether its own page was read.</param>
internal sealed record DetailMark(string Item, int Tries, bool Done);
