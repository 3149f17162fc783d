using System.CommandLine;
using System.Globalization;

namespace Kwid.Cli;

/// <summary>Flags that every verb understands. A flag wins over the environment, the environment over the file.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Config { get; } = Flag("--config", "FILE", "The configuration; default ./feeds.config.json (KWID_CONFIG)");

    public Option<string?> Data { get; } = Flag("--data", "DIR", "Where everything is kept; default ./data (KWID_DATA)");

    public Option<string?> Urls { get; } = Flag("--urls", "URL", "What to listen on, instead of service.listen (KWID_URLS)");

    public Option<string?> Now { get; } = Flag("--now", "INSTANT", "Sets the program's clock at start, ISO 8601, for replays (KWID_NOW)");

    public Option<bool> Json { get; } = new("--json") { Description = "Results as JSON", Recursive = true };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [Config, Data, Urls, Now, Json];

    /// <summary>What a command line comes to.</summary>
    /// <exception cref="ExitException"><c>--now</c> is no instant.</exception>
    public Settings Read(ParseResult line) => new(
        Given(line.GetValue(Config), "KWID_CONFIG") ?? "./feeds.config.json",
        Given(line.GetValue(Data), "KWID_DATA") ?? "./data",
        Given(line.GetValue(Urls), "KWID_URLS"),
        Instant(Given(line.GetValue(Now), "KWID_NOW")),
        line.GetValue(Json));

    /// <summary>The flag, else the variable; an empty one, as compose files leave them, counts as absent.</summary>
    private static string? Given(string? flag, string variable) =>
        new[] { flag, Environment.GetEnvironmentVariable(variable) }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static Option<string?> Flag(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Recursive = true };

    private static DateTimeOffset? Instant(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new ExitException(ExitCode.Usage, $"--now: found '{text}'; give an instant such as 2026-03-02T12:00:00Z.");
    }
}
