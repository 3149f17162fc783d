using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Core.Pages;

namespace Kwid.Core.Sources;

/// <summary>
/// What a <see cref="PageWalk"/> remembers: which items' own pages it has read, how often it failed on others, and when it asks each again. Only of items that
/// the page shows.
/// </summary>
internal sealed class PageCursor
{
    /// <summary>Pause after the second failure; it doubles with each further one.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(10);

    /// <summary>Longest pause between two failures, and between two looks at a page that was read.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(24);

    /// <summary>How long after its first reading a page is looked at for changes.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromDays(30);

    private readonly DateTimeOffset _now;
    private readonly Dictionary<int, string> _keys;
    private readonly SortedDictionary<string, DetailMark> _marks = new(StringComparer.Ordinal);

    private PageCursor(DateTimeOffset now, DateTimeOffset? patience, Dictionary<int, string> keys) => (_now, Patience, _keys) = (now, patience, keys);

    /// <summary>Until when the host asked for patience; null: it did not, or that is over.</summary>
    public DateTimeOffset? Patience { get; private set; }

    /// <summary>Whether any own page is to be asked now.</summary>
    public static bool IsAnyDue(string? cursor, DateTimeOffset now) =>
        Parse(cursor) is var memory && PatienceIn(memory, now) is null && memory.Items.Values.Any(mark => mark.IsDue(now));

    /// <summary>
    /// The memory from its text, without items that are gone: it must not grow with each that ever was. A text that is not ours is none. An item that stands
    /// there otherwise than before is to be asked anew, but not before those that never were.
    /// </summary>
    /// <param name="cursor">As written; null at first.</param>
    /// <param name="items">Those whose own pages are asked.</param>
    /// <param name="now">UTC.</param>
    public static PageCursor Read(string? cursor, IReadOnlyCollection<PageItem> items, DateTimeOffset now)
    {
        var known = Parse(cursor);
        var shared = items.GroupBy(KeyOf, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        // Rows may share a link: then their titles tell them apart, as they do in the list.
        var keys = items.ToDictionary(item => item.Ordinal, item => KeyOf(item) is var key && shared.Contains(key) ? Hash($"{key} {item.TitleText}") : Hash(key));
        var read = new PageCursor(now, PatienceIn(known, now), keys);
        foreach (var item in items)
        {
            var mark = known.Items.GetValueOrDefault(keys[item.Ordinal]) ?? new DetailMark(item.Mark);
            if (mark.Item != item.Mark) mark = new DetailMark(item.Mark) { Asked = mark.Asked };
            read[item] = mark.Done || mark.Next is not null ? mark : mark with { Next = now };
        }

        return read;
    }

    /// <summary>The memory as text.</summary>
    public string Write() => JsonSerializer.Serialize(new PageMemory { Patience = Patience, Items = new(_marks, StringComparer.Ordinal) }, PageMemory.Format);

    /// <summary>Whether the item was told whole, as it stands there.</summary>
    public bool IsDone(PageItem item) => _keys.ContainsKey(item.Ordinal) && this[item].Done;

    /// <summary>Whether the item's own page was asked in vain and never read since.</summary>
    public bool IsMissing(PageItem item) => this[item] is { Done: false, Tries: > 0 };

    /// <summary>Items whose own page is to be read now, those that cost the fewest tries first, among them those that waited longest.</summary>
    public IEnumerable<PageItem> Outstanding(IEnumerable<PageItem> items) =>
        items.Where(item => this[item] is { Done: false } mark && mark.IsDue(_now)).OrderBy(item => this[item].Tries).ThenBy(item => this[item].Asked);

    /// <summary>Items whose own page was read and may have changed, those that waited longest first.</summary>
    public IEnumerable<PageItem> Stale(IEnumerable<PageItem> items) =>
        items.Where(item => this[item] is { Done: true } mark && mark.IsDue(_now)).OrderBy(item => this[item].Asked);

    /// <summary>Its own page was read.</summary>
    public void Done(PageItem item)
    {
        var since = this[item].Since ?? _now;
        this[item] = new DetailMark(item.Mark) { Done = true, Since = since, Asked = _now, Next = _now - since < Watched ? _now + LongestPause : null };
    }

    /// <summary>Its own page could not be read: it is asked again at the next poll, then after ever longer pauses, for ever. What was told whole stays so.</summary>
    public void Failed(PageItem item)
    {
        if (this[item].Done)
        {
            Done(item);
            return;
        }

        var tries = this[item].Tries + 1;
        var pause = tries < 2 ? TimeSpan.Zero : FirstPause * Math.Pow(2, Math.Min(tries - 2, 10));
        this[item] = new DetailMark(item.Mark) { Tries = tries, Asked = _now, Next = _now + (pause < LongestPause ? pause : LongestPause) };
    }

    /// <summary>The host asks to be left alone; it is, for a day at most.</summary>
    public void Wait(TimeSpan asked) => Patience = _now + (asked < LongestPause ? asked : LongestPause);

    private DetailMark this[PageItem item]
    {
        get => _marks[_keys[item.Ordinal]];
        set => _marks[_keys[item.Ordinal]] = value;
    }

    private static DateTimeOffset? PatienceIn(PageMemory memory, DateTimeOffset now) =>
        memory.Patience is { } until && !StoredWait.IsOver(until, LongestPause, now) ? until : null;

    private static string KeyOf(PageItem item) => $"{item.Id} {item.Link?.AbsoluteUri}";

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));

    private static PageMemory Parse(string? cursor)
    {
        try
        {
            return cursor is null ? new PageMemory() : JsonSerializer.Deserialize<PageMemory>(cursor, PageMemory.Format) ?? new PageMemory();
        }
        catch (JsonException)
        {
            return new PageMemory();
        }
    }
}
