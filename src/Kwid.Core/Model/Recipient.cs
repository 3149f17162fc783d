namespace Kwid.Core.Model;

/// <summary>Who has a feed: a municipality, district, utility.</summary>
/// <param name="Key">Official key or slug.</param>
/// <param name="Name">As people write it, such as <c>Köln</c>.</param>
/// <param name="District">Name of the district it belongs to, or of its kind ("kreisfreie Stadt"); null for others than municipalities.</param>
/// <param name="Subscription">What it asked for.</param>
public sealed record Recipient(RecipientKey Key, string Name, string? District, Subscription Subscription)
{
    /// <summary>Who took its place by a merger, the last one of a chain; null: nobody.</summary>
    public RecipientKey? Successor { get; init; }
}
