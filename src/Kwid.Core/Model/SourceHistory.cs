namespace Kwid.Core.Model;

/// <summary>What earlier polls of a source were like: the measure for what is unusual. Bounded lists, oldest first.</summary>
public sealed record SourceHistory
{
    /// <summary>Of a source that was never read.</summary>
    public static SourceHistory None { get; } = new();

    /// <summary>How long the last 100 answered requests took, milliseconds.</summary>
    public IReadOnlyList<int> Latencies { get; init; } = [];

    /// <summary>When something new came, UTC, the last 120 hours in which that happened; at first the upstream's own dates.</summary>
    public IReadOnlyList<DateTimeOffset> Arrivals { get; init; } = [];

    /// <summary>How many unknown advisories came with each of the last 60 polls that brought any, the first poll left out.</summary>
    public IReadOnlyList<int> NewCounts { get; init; } = [];

    /// <summary>Entries in each of the last 15 documents.</summary>
    public IReadOnlyList<int> EntryCounts { get; init; } = [];

    /// <summary>Whether most entries of the documents so far bore dates.</summary>
    public bool BearsDates { get; init; }

    /// <summary>The entries of the last document: of each four bytes for its guid, its permalink and its title, at most 1,000; null before the first.</summary>
    public byte[]? Window { get; init; }

    /// <summary>How far the last document reaches back, hours between its oldest and newest date; null without dates.</summary>
    public double? CoverageHours { get; init; }

    /// <summary>What is odd about the last document; null before the first.</summary>
    public SourceCondition? Document { get; init; }

    /// <summary>How many unknown advisories a poll with news brings at most, 19 times out of 20; 0 before any is known.</summary>
    public int UsualNew => NewCounts.Count == 0 ? 0 : NewCounts.Order().ElementAt((int)Math.Ceiling(NewCounts.Count * 0.95) - 1);
}
