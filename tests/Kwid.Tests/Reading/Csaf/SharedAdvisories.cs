using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Tests.Configuration;

namespace Kwid.Tests.Reading.Csaf;

/// <summary>Real documents that lie beside the repository, not in it: <c>../shared/advisories</c>, or below where <c>KWID_SHARED</c> points. Without them a test is skipped and says so.</summary>
internal static class SharedAdvisories
{
    private static readonly DateTimeOffset Now = Make.Instant("2026-11-24T12:00Z");

    /// <summary>All JSON files below a folder there, in order.</summary>
    public static IReadOnlyList<SharedAdvisory> Find(string relative = "")
    {
        var shared = Environment.GetEnvironmentVariable("KWID_SHARED") is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(Repository.Root, "..", "shared");
        var folder = Path.Combine(shared, "advisories", relative);
        if (!Directory.Exists(folder)) Assert.Skip($"{folder} is missing; set KWID_SHARED to the folder that has advisories/{relative}.");
        return [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => new SharedAdvisory(Path.GetRelativePath(folder, file), File.ReadAllBytes(file)))];
    }

    /// <summary>What the pipeline makes of it; throws what Reading throws.</summary>
    public static (ReadDocument Read, IReadOnlyList<NormaliseOutcome> Outcomes) Take(SharedAdvisory advisory, Tlp @default = Tlp.Clear)
    {
        var source = Make.Source("shared", "https://csaf.example/document.json", tlp: @default);
        var read = SourceReader.Read(new FetchedDocument(source.Url, advisory.Body, "application/json"), null);
        return (read, [.. read.Entries.Select(raw => SourceReader.Normalise(source, raw, source.Url, Now))]);
    }

    /// <summary>The entry that a whole document makes.</summary>
    public static Entry Get(SharedAdvisory advisory, Tlp @default = Tlp.Clear) => Assert.IsType<NormaliseOutcome.Accepted>(Assert.Single(Take(advisory, @default).Outcomes)).Entry;
}

/// <summary>A real document.</summary>
internal sealed record SharedAdvisory(string Name, byte[] Body)
{
    /// <summary>Its <c>document</c> when it is a CSAF document, by the library's own parser; null for anything else.</summary>
    public JsonElement? FindCsaf()
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(Body.AsSpan().TrimStart("\uFEFF"u8));
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("document", out var document) && document.ValueKind == JsonValueKind.Object && document.TryGetProperty("csaf_version", out _) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => Name;
}
