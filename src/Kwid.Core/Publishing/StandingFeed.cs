using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>A feed that has not ended, as it stands.</summary>
/// <param name="Name">Shown in its title.</param>
/// <param name="Class">Whose log it shows.</param>
/// <param name="Lane">The class shown beside; null for none.</param>
/// <param name="Members">Of a provider's feed: whom it serves.</param>
public sealed record StandingFeed(string Name, string Class, string? Lane, IReadOnlyList<FeedMember>? Members);
