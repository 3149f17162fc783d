using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>What a statement comes to.</summary>
/// <param name="Decision">New, same or revised.</param>
/// <param name="Entry">All that is said of the advisory from now on.</param>
internal sealed record Decided(MatchDecision Decision, Entry Entry)
{
    /// <summary>The revision that follows; null when none does.</summary>
    public Revision? Revision { get; init; }

    /// <summary>The advisories as they are from now on; empty when nothing is to be written.</summary>
    public IReadOnlyList<Advisory> Advisories { get; init; } = [];

    /// <summary>What has to be kept besides the revision.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    /// <summary>Keys that mean another advisory from now on.</summary>
    public IReadOnlyList<KeyValuePair<string, AdvisoryId>> Moved { get; init; } = [];
}
