using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>One dated state of an advisory.</summary>
/// <param name="Key">Which advisory, and the how-manyeth.</param>
/// <param name="SeenAt">When Kwid stored it, UTC.</param>
/// <param name="Entry">What was said.</param>
/// <param name="Changes">Against the revision before; empty for the first.</param>
public sealed record Revision(RevisionKey Key, DateTimeOffset SeenAt, Entry Entry, IReadOnlyList<Change> Changes)
{
    /// <summary>Whose words they are; null only in tests that don't care.</summary>
    public Origin? Origin { get; init; }

    /// <summary>True when Kwid wrote it itself, whole: nothing of what stands around a source's words belongs to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAuthored { get; init; }

    /// <summary>What it tells of an outage; null unless it is a notice of one.</summary>
    public OutageNotice? Notice { get; init; }
}
