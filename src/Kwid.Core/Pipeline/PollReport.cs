using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Core.Pipeline;

/// <summary>What one poll did and found.</summary>
/// <param name="Source">Who was asked.</param>
/// <param name="Outcome">In one word.</param>
/// <param name="HttpStatus">Of the last answer; null when there was none or the source is a file.</param>
/// <param name="New">Advisories that were unknown.</param>
/// <param name="Revised">Advisories that say something else now.</param>
/// <param name="Rejected">Items that could not become entries.</param>
/// <param name="Error">Why the poll failed; null when it was answered.</param>
/// <param name="NextPoll">When the source is asked next, UTC.</param>
public sealed record PollReport(
    SourceId Source, PollOutcome Outcome, int? HttpStatus, int New, int Revised, IReadOnlyList<Rejected> Rejected, string? Error, DateTimeOffset NextPoll)
{
    /// <summary>Why the source is asked again then; English.</summary>
    public string NextPollReason { get; init; } = "";

    /// <summary>What was asked and answered; empty for files.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; init; } = [];

    /// <summary>Whether the request was conditional and what became of the validators; English.</summary>
    public string ValidatorsDecision { get; init; } = "";

    /// <summary>How the source fares after it.</summary>
    public required SourceHealth Health { get; init; }

    /// <summary>Sources to be asked at once, since our own line is back; mostly empty.</summary>
    public IReadOnlyList<SourceId> Sweep { get; init; } = [];

    /// <summary>Whether our own line is to blame for the failure.</summary>
    public bool IsOurLine { get; init; }

    /// <summary>Whether this poll made clear that our own line is down.</summary>
    public bool FoundLineDown { get; init; }

    /// <summary>True when nothing was committed, on demand.</summary>
    public bool IsDryRun { get; init; }
}

/// <summary>How a poll ended.</summary>
public enum PollOutcome
{
    /// <summary>Documents were read and committed.</summary>
    Read,

    /// <summary>Answered, unchanged.</summary>
    Unchanged,

    /// <summary>No usable answer; stored entries stay as they are.</summary>
    Failed,
}
