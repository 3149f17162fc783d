using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;
using Kwid.Core.Sources;
using Kwid.Core.Sources.Csaf;
using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests.Sources.Csaf;

/// <summary>A CSAF provider in memory that answers conditional requests and remembers what it was asked.</summary>
internal sealed class CsafUpstream : IFetcher
{
    public const string Metadata = "https://csaf.example/.well-known/csaf/provider-metadata.json";
    public const string White = "https://csaf.example/white/";
    public const string Rolie = "https://csaf.example/white/feed.json";

    /// <summary>The least that is a document.</summary>
    public const string Anything = """{ "document": {} }""";

    private readonly List<object> _entries = [];

    public FakeTimeProvider Time { get; } = new(Make.Instant("2026-11-01T08:00Z"));

    /// <summary>What stands at an address; what does not is answered 404.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>What an address answers instead.</summary>
    public Dictionary<string, FetchOutcome.Failed> Failures { get; } = [];

    /// <summary>All that was asked, with the status of the answer.</summary>
    public List<string> Asked { get; } = [];

    public string? Cursor { get; set; }

    public string Url { get; set; } = Metadata;

    public CsafPlan Plan { get; set; } = CsafPlan.Default;

    public Source Source => Make.Source(url: Url) with { Kind = SourceKind.Csaf, Csaf = Plan };

    /// <summary>A provider with one ROLIE feed.</summary>
    public static CsafUpstream WithRolie()
    {
        var upstream = new CsafUpstream();
        upstream.Show(Metadata, $$$"""{ "distributions": [ { "rolie": { "feeds": [ { "tlp_label": "WHITE", "url": "{{{Rolie}}}" } ] } } ] }""");
        upstream.ShowFeed();
        return upstream;
    }

    /// <summary>A provider with one directory.</summary>
    public static CsafUpstream WithDirectory(string directory = White)
    {
        var upstream = new CsafUpstream();
        upstream.Show(Metadata, $$"""{ "distributions": [ { "directory_url": "{{directory}}" } ] }""");
        return upstream;
    }

    public void Show(string address, string text) => Files[address] = Encoding.UTF8.GetBytes(text);

    /// <summary>Lists a document in the feed and puts it there; the same name again changes it.</summary>
    public void Publish(string name, string updated, string text = Anything, object[]? links = null)
    {
        var address = $"{White}2026/{name}.json";
        Show(address, text);
        _entries.RemoveAll(entry => JsonSerializer.Serialize(entry).Contains(address, StringComparison.Ordinal));
        _entries.Add(new { id = name, updated, link = links ?? [], content = new { src = address } });
        ShowFeed();
    }

    /// <summary>Where a document of the feed stands.</summary>
    public static string At(string name, string ending = "") => $"{White}2026/{name}.json{ending}";

    /// <summary>Polls to the end, keeping the cursor of each step as the store would.</summary>
    public async Task<List<WalkStep>> PollAsync()
    {
        Asked.Clear();
        var steps = new List<WalkStep>();
        var state = new SourceState { Source = Source.Id, Address = "", Cursor = Cursor };
        await foreach (var step in new CsafWalk(this, Time).WalkAsync(Source, state, TestContext.Current.CancellationToken))
        {
            steps.Add(step);
            if (step.Outcome is FetchOutcome.Failed) break;
            Cursor = step.Cursor;
        }

        return steps;
    }

    public Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancel)
    {
        var outcome = Answer(request);
        var status = outcome switch { FetchOutcome.Failed failed => failed.Status ?? 0, FetchOutcome.NotModified => 304, _ => 200 };
        Asked.Add(string.Create(CultureInfo.InvariantCulture, $"{status} {request.Address.AbsoluteUri}"));
        return Task.FromResult(outcome);
    }

    private FetchOutcome Answer(FetchRequest request)
    {
        var address = request.Address.AbsoluteUri;
        if (Failures.TryGetValue(address, out var failure)) return failure;
        if (!Files.TryGetValue(address, out var body)) return new FetchOutcome.Failed(404, $"{address} answered 404");
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(body))}\"";
        return request.Validators.ETag == tag
            ? new FetchOutcome.NotModified(request.Validators)
            : new FetchOutcome.Fetched(new FetchedDocument(request.Address, body, "application/json"), new Validators(tag, null), 200);
    }

    private void ShowFeed() => Show(Rolie, JsonSerializer.Serialize(new { feed = new { id = "white", entry = _entries } }));
}
