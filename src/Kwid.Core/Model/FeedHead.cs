namespace Kwid.Core.Model;

/// <summary>What an upstream feed says of itself, as written; null: it does not say.</summary>
public sealed record FeedHead
{
    /// <summary>Title; plain text or HTML.</summary>
    public string? Title { get; init; }

    /// <summary>Address of the page that the feed belongs to, possibly relative.</summary>
    public string? Home { get; init; }

    /// <summary>Description or subtitle, HTML.</summary>
    public string? Description { get; init; }

    /// <summary><c>atom:id</c>.</summary>
    public string? Id { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>Date of the last change (<c>atom:updated</c>, <c>lastBuildDate</c>, <c>dc:date</c>).</summary>
    public string? Updated { get; init; }

    /// <summary>Date of publication (RSS <c>pubDate</c>).</summary>
    public string? Published { get; init; }

    /// <summary>Display name of the author.</summary>
    public string? Author { get; init; }
}
