using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>A feed that the configuration asks for.</summary>
/// <param name="Name">Shown in its title.</param>
/// <param name="Class">Whose log it shows.</param>
public sealed record WantedFeed(string Name, string Class)
{
    /// <summary>The class of what is addressed to its recipient alone, shown beside; null for none.</summary>
    public string? Lane { get; init; }

    /// <summary>Of a provider's feed: whom it serves. Null for every other.</summary>
    public IReadOnlyList<FeedMember>? Members { get; init; }

    /// <summary>Who took the place of its recipient; null: nobody.</summary>
    public Succession? Successor { get; init; }

    /// <summary>The class whose log a new feed shows for the days when its own did not exist yet; null for none.</summary>
    public string? Before { get; init; }
}
