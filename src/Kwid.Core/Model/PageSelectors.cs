namespace Kwid.Core.Model;

/// <summary>
/// How the items of an HTML page are found: <c>page</c> of a source in feeds.config.json. Selectors are CSS, relative to the item; with an
/// <c>@attribute</c> behind it one takes that attribute instead of the text. All were checked with the configuration.
/// </summary>
public sealed record PageSelectors
{
    /// <summary>CSS of one item: a link, a row, a card.</summary>
    public required string Item { get; init; }

    /// <summary>Null: the text of the item's link.</summary>
    public string? Title { get; init; }

    /// <summary>Null: the item itself where it is a link, else the first link in it. <c>@id</c>: the anchor on the page.</summary>
    public string? Link { get; init; }

    /// <summary>Null: the item has no date.</summary>
    public string? Date { get; init; }

    /// <summary>.NET format such as <c>MM/dd/yyyy</c>; null: dates as feeds write them.</summary>
    public string? DateFormat { get; init; }

    /// <summary>All that it finds in the item is the summary; null: there is none.</summary>
    public string? Summary { get; init; }

    /// <summary>The item's permanent id; null: its anchor or its link.</summary>
    public string? Id { get; init; }

    /// <summary>Regular expression: only items whose absolute link matches are meant; null: all.</summary>
    public string? LinkPattern { get; init; }

    /// <summary>CSS of the text on an item's own page; null: no such page is asked.</summary>
    public string? Detail { get; init; }

    /// <summary>Most of those pages asked in one poll.</summary>
    public int DetailsPerPoll { get; init; } = 10;

    /// <summary>What makes the same page say something else when it changes: everything but the pace.</summary>
    public string Identity => string.Join('\n', Item, Title, Link, Date, DateFormat, Summary, Id, LinkPattern, Detail);
}
