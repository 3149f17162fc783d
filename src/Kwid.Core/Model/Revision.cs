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

    /// <summary>The origins of the other sources that tell it, too.</summary>
    public IReadOnlyList<Origin> OtherOrigins { get => field ?? []; init; }

    /// <summary>All sources that tell it; whom it reaches depends on each of them.</summary>
    public IReadOnlyList<SourceId> Tellers { get => field is { Count: > 0 } ? field : [Entry.Source]; init; }

    /// <summary>By field of <see cref="Entry"/>, in lower case: the source that it was taken from. Empty where one source says it all.</summary>
    public IReadOnlyDictionary<string, SourceId> Fields { get => field ?? EmptyFields; init; }

    /// <summary>The publisher's date of its last news, UTC; null: the entry's own date is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NewsAt { get; init; }

    private static readonly IReadOnlyDictionary<string, SourceId> EmptyFields = new Dictionary<string, SourceId>();

    /// <summary>True when Kwid wrote it itself, whole: nothing of what stands around a source's words belongs to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAuthored { get; init; }

    /// <summary>True when retention took its texts. One that was made of such words later is not: it tells all that was known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBared { get; init; }

    /// <summary>What it tells of an outage; null unless it is a notice of one.</summary>
    public OutageNotice? Notice { get; init; }
}
