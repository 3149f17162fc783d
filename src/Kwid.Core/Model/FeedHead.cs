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

    /// <summary>Who makes it, in the document's order.</summary>
    public IReadOnlyList<RawPerson> Authors { get; init; } = [];

    /// <summary>All its links in order.</summary>
    public IReadOnlyList<RawLink> Links { get; init; } = [];

    /// <summary>Categories' terms in order.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>How long the source suggests to wait between two polls (<c>ttl</c>, <c>sy:updatePeriod</c>).</summary>
    public TimeSpan? Pause { get; init; }
}
