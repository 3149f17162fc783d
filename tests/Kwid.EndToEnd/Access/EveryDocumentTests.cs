using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Kwid.EndToEnd.Access;

/// <summary>Every CSAF document at hand, ingested by the real program; then all that anyone can read is read: nothing in it but TLP:CLEAR.</summary>
public sealed class EveryDocumentTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly HttpClient _client = Raw.CreateClient();
    private readonly KwidFolder _folder = new(new Uri("http://127.0.0.1:9/"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task Nothing_that_anyone_can_read_has_another_label_than_clear()
    {
        var closer = Gather(SharedFiles.Find("advisories"));
        _folder.With("documents", new Uri(Path.Combine(_folder.Root, "documents") + "/"));
        _folder.Settings["providers"] = new JsonArray(new JsonObject { ["id"] = "kdn", ["name"] = "KDN", ["recipients"] = new JsonArray("05315000") });
        _folder.Write();

        await using var kwid = await _folder.ServeAsync(_client, Cancel);
        await kwid.WaitForLineAsync("First sweep done", Limit, Cancel);
        await Wait.UntilAsync(async () => (await Raw.AskAsync(_client, new Uri(_folder.Address, "feeds/alle.atom"), Cancel)).Text.Contains("<entry", StringComparison.Ordinal), "the opening", Limit, Cancel);
        var read = await new Crawler(_client, _folder).ReadAsync(Crawler.Seeds("05315000", "05314000").Concat(["/providers/kdn.atom", "/providers/kdn.rss", "/providers/kdn.opml"]), Cancel);

        var documents = read.Where(page => page.Value["Content-Type"]?.StartsWith("application/atom+xml", StringComparison.Ordinal) == true).ToList();
        var labels = documents.SelectMany(page => XDocument.Parse(page.Value.Text).Descendants(Atom + "category")).Where(category => (string?)category.Attribute("scheme") == "https://www.first.org/tlp/").Select(category => (string?)category.Attribute("term")).ToList();
        Assert.True(documents.Count > 20 && labels.Count > 500, $"{documents.Count} documents, {labels.Count} labels");
        Assert.Equal(["TLP:CLEAR"], labels.Distinct());
        Assert.True(closer.Count > 10, $"only {closer.Count} documents with a closer label");
        Assert.All(closer, title => Assert.DoesNotContain(read, page => page.Value.Text.Contains(title, StringComparison.Ordinal)));
    }

    /// <summary>Puts all documents into one folder, and a few of our own among them.</summary>
    /// <returns>Titles of those with a label closer than CLEAR, where no other document bears the same.</returns>
    private HashSet<string> Gather(string from)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Root, "documents")).FullName;
        var (open, closer) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (index, text) in Directory.EnumerateFiles(from, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText).Concat(Own()).Index())
        {
            if (Read(text) is not { } document) continue;
            File.WriteAllText(Path.Combine(folder, $"{index:D5}.json"), text);
            var label = (string?)document["distribution"]?["tlp"]?["label"];
            (label is "WHITE" or "CLEAR" or null ? open : closer).Add((string?)document["title"] ?? "");
        }

        // Texts of the standard's examples are alike; a title that is a part of another proves nothing.
        return [.. closer.Where(title => title.Length > 20 && !open.Any(other => other.Contains(title, StringComparison.Ordinal)))];
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject whole && whole["document"] is JsonObject { } document && document["tracking"] is JsonObject ? document : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>In the manner of a vendor that serves TLP:GREEN openly.</summary>
    private static IEnumerable<string> Own() =>
        from label in new[] { "GREEN", "AMBER", "AMBER+STRICT", "RED", "LILA" }
        from number in Enumerable.Range(1, 3)
        select $$$"""
        {"document":{"category":"csaf_security_advisory","csaf_version":"2.0","title":"Erfundene Schwachstelle {{{number}}} mit Kennzeichnung {{{label}}}","distribution":{"tlp":{"label":"{{{label}}}"}},
        "publisher":{"category":"vendor","name":"Erfunden","namespace":"https://erfunden.example"},"tracking":{"id":"ERF-2026-{{{label.Replace('+', '-')}}}-{{{number}}}","status":"final","version":"1","initial_release_date":"2026-11-2{{{number}}}T08:00:00Z","current_release_date":"2026-11-2{{{number}}}T08:00:00Z",
        "revision_history":[{"number":"1","date":"2026-11-2{{{number}}}T08:00:00Z","summary":"Erste Fassung"}] },"aggregate_severity":{"text":"kritisch"} } }
        """;
}
