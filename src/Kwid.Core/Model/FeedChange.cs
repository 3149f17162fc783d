using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>What an edition changes of one feed as a whole.</summary>
/// <param name="Feed">Feed part of its entry ids and address: <c>05315000</c>, <c>05315000/dringend</c>.</param>
/// <param name="Name">The recipient's name from now on.</param>
/// <param name="Segment">A segment that it gains; null for none.</param>
/// <param name="Ended">True when its recipient is gone from the configuration: the address stays alive with one explaining entry.</param>
public sealed record FeedChange(string Feed, string Name, Segment? Segment, bool Ended)
{
    /// <summary>Of a provider's feed: whom it serves from now on. Null: nothing changes in that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FeedMember>? Members { get; init; }

    /// <summary>Who took the place of its recipient; null: nobody, or nobody any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Succession? Successor { get; init; }
}
