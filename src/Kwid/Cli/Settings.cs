namespace Kwid.Cli;

/// <summary>What flags and environment say.</summary>
/// <param name="Config">Path of feeds.config.json.</param>
/// <param name="Data">Data folder.</param>
/// <param name="Urls">What to listen on; null: the file says.</param>
/// <param name="Now">Instant to set the clock to; null: the real time.</param>
/// <param name="Json">Results as JSON.</param>
internal sealed record Settings(string Config, string Data, string? Urls, DateTimeOffset? Now, bool Json);
