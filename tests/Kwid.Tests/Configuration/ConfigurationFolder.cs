using Kwid.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Configuration;

/// <summary>A folder with a feeds.config.json, gone after the test; fills in what the test does not care about.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    public const string Service = """{ "publicUrl": "https://kwid.example", "authority": "kwid.example,2026" }""";
    public const string Source = """{ "id": "bsi-wid", "url": "https://upstream.example/feed", "tlp": "CLEAR" }""";

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    public string Root { get; } = Directory.CreateTempSubdirectory("kwid-configuration-").FullName;

    public string File => Path.Combine(Root, "feeds.config.json");

    public string Data => Path.Combine(Root, "data");

    public FakeTimeProvider Clock { get; } = new(Make.Instant("2026-11-23T08:00Z"));

    public static string Text(string service = Service, string sources = Source, string recipients = """{ "select": "05315" }""", string more = "") =>
        $$"""{ "service": {{service}}, "sources": [{{sources}}], "recipients": [{{recipients}}]{{(more.Length > 0 ? ", " : "")}}{{more}} }""";

    public ConfigurationFolder Write(string text, string name = "feeds.config.json")
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return this;
    }

    public ConfigurationFolder Set(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public LoadOutcome Load(string? urls = null) => ConfigurationLoader.Load(File, Surroundings(urls));

    /// <summary>The configuration; the test fails with all mistakes when there are any.</summary>
    public KwidConfiguration GetLoaded(string? urls = null)
    {
        var outcome = Load(urls);
        if (outcome is LoadOutcome.Refused refused) Assert.Fail(string.Join('\n', refused.Mistakes));
        return ((LoadOutcome.Loaded)outcome).Configuration;
    }

    /// <summary>The mistakes; the test fails when there are none.</summary>
    public IReadOnlyList<ConfigurationMistake> GetMistakes(string? urls = null) => Assert.IsType<LoadOutcome.Refused>(Load(urls)).Mistakes;

    public StartOutcome Start(bool hasEditions = false, bool acceptNewIds = false) =>
        ConfigurationKeeper.Start(new ConfigurationOrigin(File, Data, Surroundings(null), () => hasEditions, acceptNewIds), Clock, NullLogger<ConfigurationKeeper>.Instance);

    public ConfigurationKeeper GetStarted(bool hasEditions = false, bool acceptNewIds = false) => Assert.IsType<StartOutcome.Started>(Start(hasEditions, acceptNewIds)).Keeper;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private Surroundings Surroundings(string? urls) => new(urls, _variables.GetValueOrDefault);
}
