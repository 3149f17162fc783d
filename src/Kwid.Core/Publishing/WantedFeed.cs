namespace Kwid.Core.Publishing;

/// <summary>A feed that the configuration asks for.</summary>
/// <param name="Name">Shown in its title.</param>
/// <param name="Class">Whose log it shows.</param>
public sealed record WantedFeed(string Name, string Class)
{
    /// <summary>The class whose log a new feed shows for the days when its own did not exist yet; null for none.</summary>
    public string? Before { get; init; }
}
