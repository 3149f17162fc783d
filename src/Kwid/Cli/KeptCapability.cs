namespace Kwid.Cli;

/// <summary>A token that a backup knew otherwise or not at all.</summary>
/// <param name="Id">Of the token, as <c>kwid token list</c> shows it.</param>
/// <param name="Key">Whose feeds it opens.</param>
/// <param name="Label">The function that holds it.</param>
/// <param name="Ended">When it ends or ended, UTC; null: it is in force.</param>
internal sealed record KeptCapability(string Id, string Key, string Label, DateTimeOffset? Ended);
