using Kwid.Core.Model;

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
    SourceId Source, PollOutcome Outcome, int? HttpStatus, int New, int Revised, IReadOnlyList<Rejected> Rejected, string? Error, DateTimeOffset NextPoll);

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
