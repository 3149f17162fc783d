using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>What a recipient asked for. This version knows the default only: everything that <c>deliver: always</c> brings.</summary>
/// <param name="Profile">Name of the profile in the configuration; null for none. Kept, not yet applied.</param>
public sealed record Subscription(string? Profile)
{
    /// <summary>Everything that every recipient gets.</summary>
    public static Subscription Default { get; } = new((string?)null);

    /// <summary>Whether it names no products, vendors or terms of its own.</summary>
    [JsonIgnore]
    public bool IsDefault => Profile is null;
}
