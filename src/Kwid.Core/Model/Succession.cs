namespace Kwid.Core.Model;

/// <summary>Who took the place of a feed's recipient, by a merger of municipalities: the feed lives on and shows what that one's shows.</summary>
/// <param name="Former">The recipient's own name.</param>
/// <param name="Key">The successor's key.</param>
/// <param name="Name">The successor's name.</param>
public sealed record Succession(string Former, RecipientKey Key, string Name);
