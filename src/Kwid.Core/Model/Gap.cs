namespace Kwid.Core.Model;

/// <summary>A time from which entries of a source may be missing: its document no longer overlapped the one before.</summary>
/// <param name="From">Last poll before, UTC.</param>
/// <param name="To">The poll that found no overlap, UTC.</param>
/// <param name="Closed">Whether back-fill reached the known entries again, so that nothing is missing.</param>
public sealed record Gap(DateTimeOffset From, DateTimeOffset To, bool Closed)
{
    /// <summary>When back-fill closed it or gave it up, UTC; <see cref="To"/> until then.</summary>
    public DateTimeOffset Updated { get; init; } = To;

    /// <summary>Archive documents that back-fill has read of it.</summary>
    public int Documents { get; init; }

    /// <summary>Tries in a row in which the next archive document could not be read.</summary>
    public int Failures { get; init; }

    /// <summary>When the next archive document is asked, UTC; null: at the next poll.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>The archive document (RFC 5005) that back-fill reads next; null when the source names none, or no more is needed.</summary>
    public string? Next { get; init; }

    /// <summary>What was known before the gap, as <see cref="SourceHistory.Window"/>; null once no back-fill is under way.</summary>
    public byte[]? Known { get; init; }
}
