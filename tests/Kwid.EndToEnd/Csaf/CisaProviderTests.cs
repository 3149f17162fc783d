using System.Text.Json;
using System.Text.Json.Nodes;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Csaf;

/// <summary>A real provider's tree, served from a copy: CISA's of 2024, which lists three documents that it has not.</summary>
public sealed class CisaProviderTests : IAsyncLifetime
{
    private const string Origin = "https://raw.githubusercontent.com/cisagov/CSAF/develop/";
    private static readonly string[] Feeds = ["csaf_files/OT/white/cisa-csaf-ot-feed-tlp-white.json", "csaf_files/IT/white/cisa-csaf-it-feed-tlp-white.json"];

    private readonly string _tree = Directory.CreateTempSubdirectory("kwid-cisa-").FullName;
    private FolderUpstream _upstream = null!;
    private KwidFolder _folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var shared = SharedFiles.Find("advisories/cisa-csaf-provider");
        foreach (var file in Directory.EnumerateFiles(shared, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_tree, Path.GetRelativePath(shared, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await File.WriteAllBytesAsync(copy, await File.ReadAllBytesAsync(file, Cancel), Cancel);
        }

        _upstream = await FolderUpstream.StartAsync(_tree, Cancel);
        foreach (var feed in Feeds) Move(Path.Combine(_tree, feed));
        var feeds = new JsonArray([.. Feeds.Select(feed => new JsonObject { ["tlp_label"] = "WHITE", ["url"] = new Uri(_upstream.Address, feed).AbsoluteUri })]);
        await File.WriteAllTextAsync(
            Path.Combine(_tree, "provider-metadata.json"),
            new JsonObject { ["distributions"] = new JsonArray(new JsonObject { ["rolie"] = new JsonObject { ["feeds"] = feeds } }) }.ToJsonString(),
            Cancel);
        _folder = new KwidFolder(_upstream.Address).With("cisa", new Uri(_upstream.Address, "provider-metadata.json"));
        var source = _folder.Settings["sources"]![0]!;
        (source["kind"], source["history"], source["documentsPerPoll"]) = ("csaf", "9999.00:00:00", 1000);
        _folder.Write();
    }

    public async ValueTask DisposeAsync()
    {
        _folder?.Dispose();
        if (_upstream is not null) await _upstream.DisposeAsync();
        Directory.Delete(_tree, recursive: true);
    }

    [Fact]
    public async Task All_that_is_served_is_imported_and_verified_and_what_is_missing_or_altered_is_told()
    {
        Flip(Path.Combine(_tree, "csaf_files/OT/white/2024/icsa-24-284-07.json"));

        var first = await _folder.RunAsync(Cancel, "poll", "cisa", "--json");
        var asked = _upstream.TakeAsked();
        var second = await _folder.RunAsync(Cancel, "poll", "cisa", "--json");
        var askedAgain = _upstream.TakeAsked();

        Assert.Equal((0, 345), (first.ExitCode, Of(first).GetProperty("new").GetInt32()));
        Assert.Equal(345, asked.Count(each => each.Path.EndsWith(".sha512", StringComparison.Ordinal) && each.Status == 200));
        var remark = Of(first).GetProperty("health").GetProperty("remark").GetString()!;
        Assert.Contains("3 documents are listed but not served: icsa-24-011-05, icsa-24-072-01, icsa-24-289-02.", remark, StringComparison.Ordinal);
        Assert.Contains("1 document does not match its SHA-512 hash and is not verified: icsa-24-284-07.", remark, StringComparison.Ordinal);
        Assert.Equal((0, 0), (second.ExitCode, Of(second).GetProperty("new").GetInt32()));
        Assert.All(askedAgain, each => Assert.Equal(304, each.Status));
    }

    private static JsonElement Of(ProgramRun run) => run.Output.Count == 0 ? throw new InvalidOperationException(string.Join("\n", run.Errors)) : JsonDocument.Parse(run.Text).RootElement.GetProperty("sources")[0];

    /// <summary>The copy's feeds name the copy, and of the years only 2024, which is there.</summary>
    private void Move(string feed)
    {
        var json = JsonNode.Parse(File.ReadAllText(feed).Replace(Origin, _upstream.Address.AbsoluteUri, StringComparison.Ordinal))!;
        var entries = json["feed"]!["entry"]!.AsArray();
        foreach (var entry in entries.Where(entry => !entry!["content"]!["src"]!.GetValue<string>().Contains("/2024/", StringComparison.Ordinal)).ToList()) entries.Remove(entry);
        File.WriteAllText(feed, json.ToJsonString());
    }

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().LastIndexOf("a"u8);
        bytes[at] ^= 2;        // within a text: it stays JSON
        File.WriteAllBytes(file, bytes);
    }
}
