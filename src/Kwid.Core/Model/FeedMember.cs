namespace Kwid.Core.Model;

/// <summary>A recipient whom a provider serves.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">As people write it.</param>
public sealed record FeedMember(RecipientKey Key, string Name);
