using System.Collections;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;
using Kwid.Core.Reading;

namespace Kwid.Tests.Reading;

/// <summary>
/// One pair of tests/fixtures: <c>{source}/{case}.xml</c> (or .json, .html) and what comes of it, <c>{case}.expected.json</c>. A new pair needs no code.
/// The expectation may begin with <c>given</c>: address, contentType, contentLocation, tlp, language, now.
/// </summary>
internal sealed class Fixture(string path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } },
        Converters = { new JsonStringEnumConverter(), new Worded<AdvisoryId>(), new Worded<CveId>(), new Worded<SourceId>(), new Instants() },
    };

    /// <summary>Selectors as they are shipped, so that the fixtures of a page test what is in use.</summary>
    private static readonly Lazy<IReadOnlyDictionary<SourceId, Source>> Shipped = new(() =>
        Assert.IsType<LoadOutcome.Loaded>(ConfigurationLoader.Load(System.IO.Path.Combine(FindRoot(), "feeds.config.json"))).Configuration.Sources
            .Where(source => source.Page is not null).ToDictionary(source => source.Id));

    public static string Folder { get; } = System.IO.Path.Combine(FindRoot(), "tests", "fixtures");

    public string Path { get; } = path;

    public string ExpectedPath => System.IO.Path.ChangeExtension(Path, ".expected.json");

    /// <summary>All inputs, expected files left aside, and whole data folders of former versions in <c>data</c>.</summary>
    public static IEnumerable<Fixture> All() => Directory.EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal) && !System.IO.Path.GetFileName(file).StartsWith('.') && !file.StartsWith(System.IO.Path.Combine(Folder, "data") + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(file => new Fixture(file));

    /// <summary>What the code makes of the input, as it is to stand in the expected file.</summary>
    public string Run()
    {
        var given = File.Exists(ExpectedPath) ? JsonNode.Parse(File.ReadAllText(ExpectedPath))!["given"] as JsonObject : null;
        var result = new JsonObject();
        if (given is not null) result["given"] = given.DeepClone();
        var source = Make.Source(System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path)!)) with
        {
            Tlp = TlpLabels.TryParse(Given("tlp") ?? "CLEAR", out var tlp) ? tlp : Tlp.Red,
            Language = Given("language") ?? "de",
        };
        var page = Shipped.Value.GetValueOrDefault(source.Id);
        var location = Given("contentLocation") is { } where ? new Uri(where, UriKind.RelativeOrAbsolute) : null;
        var document = new FetchedDocument(new Uri(Given("address") ?? page?.Url.AbsoluteUri ?? $"https://{source.Id}.example/feed"), File.ReadAllBytes(Path), Given("contentType"), location);
        try
        {
            var read = SourceReader.Read(document, page?.Page);
            result["read"] = JsonSerializer.SerializeToNode(read, Json);
            var now = Make.Instant(Given("now") ?? "2026-03-10T12:00Z");
            result["normalised"] = new JsonArray([.. read.Entries.Select(raw => Outcome(Normaliser.Normalise(source, raw, document.Address, now)))]);
        }
        catch (FeedFormatException fault)
        {
            result["error"] = fault.Message;
        }

        return result.ToJsonString(Json) + "\n";

        string? Given(string name) => given?[name]?.GetValue<string>();
    }

    public override string ToString() => System.IO.Path.GetRelativePath(Folder, Path);

    private static JsonNode? Outcome(NormaliseOutcome outcome) => outcome switch
    {
        NormaliseOutcome.Accepted(var entry) => JsonSerializer.SerializeToNode(entry, Json),
        NormaliseOutcome.Refused(var rejected) => new JsonObject { ["rejected"] = JsonSerializer.SerializeToNode(rejected, Json) },
        _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
    };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Kwid.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Kwid.sln above {AppContext.BaseDirectory}; run the tests inside the repository.");
    }

    /// <summary>Empty lists and what follows from other properties would only make the files long.</summary>
    private static void LeaveOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var before = property.ShouldSerialize;
            var isDerived = property.AttributeProvider is PropertyInfo { CanWrite: false };
            property.ShouldSerialize = (owner, value) => !isDerived && value is not (null or ICollection { Count: 0 }) && before?.Invoke(owner, value) != false;
        }
    }

    /// <summary>Writes a value type as its text.</summary>
    private sealed class Worded<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Expected files are compared as text.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value!.ToString());
    }

    private sealed class Instants : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Expected files are compared as text.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", System.Globalization.CultureInfo.InvariantCulture));
    }
}
