using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Kwid.EndToEnd.Access;

/// <summary>A notice that twelve towns may read, and the provider of three of them, and nobody else: from its draft to its withdrawal.</summary>
public sealed class AmberNoticeTests : IAsyncLifetime
{
    private const string Word = "Kanarienvogel";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    private static readonly string[] Addressed =
        ["05382004", "05382008", "05382012", "05382016", "05382020", "05382024", "05382028", "05382032", "05382036", "05382040", "05382044", "05382048"];

    private static readonly string[] Others = ["05382052", "05315000"];

    private readonly HttpClient _client = Raw.CreateClient();
    private readonly Dictionary<string, string> _tokens = [];
    private KwidFolder _folder = null!;
    private KwidProcess _kwid = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder = new KwidFolder(new Uri("http://127.0.0.1:9/"));
        _folder.Settings["sources"]!.AsArray().Add(new JsonObject { ["id"] = "kwid", ["name"] = "Eigene Hinweise", ["kind"] = "notices", ["url"] = "file:notices/", ["tlp"] = "RED" });
        _folder.Settings["recipients"]!.AsArray().Add(new JsonObject { ["select"] = "05382" });
        _folder.Settings["providers"] = new JsonArray(new JsonObject { ["id"] = "regio", ["name"] = "Regio-IT", ["recipients"] = new JsonArray(Addressed[0], Addressed[1], Addressed[2], Others[1]) });
        _folder.Write();
        var everything = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Trace", ["Logging__LogLevel__Microsoft"] = "Trace", ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace" };
        _kwid = KwidProcess.Start(["serve", "--config", _folder.Config, "--data", _folder.Data], _folder.Root, everything);
        await _kwid.WaitForHttpAsync(_client, new Uri(_folder.Address, "readyz"), Limit, Cancel);
        await _kwid.WaitForLineAsync("First sweep done", Limit, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _kwid.DisposeAsync();
        _folder.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task It_reaches_whom_it_is_for_through_its_whole_life_and_nobody_else()
    {
        // One of the provider's towns and two more have no address of their own yet.
        foreach (var holder in Addressed[1..10].Concat(Others).Append("anbieter/regio")) _tokens[holder] = await IssueAsync(holder);
        Write("draft", Word);
        var before = await PreviewAsync();
        foreach (var key in Addressed[10..]) _tokens[key] = await IssueAsync(key);
        var after = await PreviewAsync();

        await TellAsync("final", Word, towns: text => text.Contains(Word, StringComparison.Ordinal));
        var provider = await ReadAsync("anbieter/regio");
        var unread = await PublicAsync();
        await TellAsync("final", "Zweitfassung", towns: text => text.Contains("Zweitfassung", StringComparison.Ordinal) && text.Contains("korrigiert", StringComparison.Ordinal));
        var corrected = await ReadAsync("anbieter/regio");
        await TellAsync("withdrawn", "Zweitfassung", towns: text => text.Contains("[ZURÜCKGEZOGEN]", StringComparison.Ordinal), "reason: Messfehler");

        Assert.Equal((1, 0), (before.ExitCode, after.ExitCode));
        Assert.Contains("12 Empfänger: 9 über geschützte Adresse, noch nie abgerufen; 1 über geschützte Adresse ihres Dienstleisters, noch nie abgerufen; 2 ohne: Niederkassel, Rheinbach", before.Output);
        Assert.Contains("Betrifft Alfter, Bad Honnef, Bornheim.", provider, StringComparison.Ordinal);
        Assert.Equal(1, Count(provider, "<entry"));
        Assert.Contains("korrigiert", corrected, StringComparison.Ordinal);
        foreach (var other in Others) Assert.Equal(0, Count(await ReadAsync(other), "<entry"));
        Assert.All(unread.Concat(await PublicAsync()), page => AssertSilent(page.Key, page.Value.Text));
        Assert.All(_kwid.Output.Concat(_kwid.Errors), line => AssertSilent("log", line));
        await AssertSilentExportAsync();
        Assert.Equal(["notice-published", "notice-corrected", "notice-withdrawn"], await AuditAsync());
    }

    private static void AssertSilent(string where, string text) =>
        Assert.False(text.Contains(Word, StringComparison.OrdinalIgnoreCase) || text.Contains("Zweitfassung", StringComparison.OrdinalIgnoreCase) || text.Contains("Messfehler", StringComparison.Ordinal), $"{where}: {text}");

    private async Task TellAsync(string status, string text, Func<string, bool> towns, string further = "exploited: false")
    {
        Write(status, text, further);
        foreach (var key in Addressed.Where(_tokens.ContainsKey).Append("anbieter/regio"))
            await Wait.UntilAsync(async () => towns(await ReadAsync(key)), $"{status} is in the feed of {key}", Promised, Cancel);
    }

    private void Write(string status, string text, string further = "exploited: false")
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "notices"));
        var keys = string.Join(", ", Addressed.Select(key => $"\"{key}\""));
        File.WriteAllText(Path.Combine(_folder.Root, "notices/.2026-1.md"), $"---\ntitle: Vertrauliches\nstatus: {status}\ntlp: AMBER\nseverity: kritisch\nrecipients: [{keys}]\n{further}\n---\n{text}");
        File.Move(Path.Combine(_folder.Root, "notices/.2026-1.md"), Path.Combine(_folder.Root, "notices/2026-1.md"), overwrite: true);
    }

    private Task<ProgramRun> PreviewAsync() => _folder.RunAsync(Cancel, "preview", Path.Combine(_folder.Root, "notices/2026-1.md"));

    private async Task<string> IssueAsync(string holder)
    {
        var made = JsonDocument.Parse((await _folder.RunAsync(Cancel, "token", "issue", holder, "--json")).Output[0]).RootElement.GetProperty("tokens")[0];
        return made.GetProperty("atom").GetString()!.Split('/')[4];
    }

    private async Task<string> ReadAsync(string holder)
    {
        var path = holder.StartsWith("anbieter/", StringComparison.Ordinal) ? $"providers/{holder[9..]}" : $"feeds/{holder}";
        var answer = await Raw.AskAsync(_client, new Uri(_folder.Address, $"t/{_tokens[holder]}/{path}.atom"), Cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        return XDocument.Parse(answer.Text).Root!.ToString();
    }

    private Task<IReadOnlyDictionary<string, Raw>> PublicAsync() =>
        new Crawler(_client, _folder).ReadAsync(Crawler.Seeds(Addressed.Concat(Others)).Concat(["/providers/regio.atom", "/providers/regio.rss", "/providers/regio.opml"]), Cancel);

    private async Task AssertSilentExportAsync()
    {
        await _folder.RunAsync(Cancel, "export", Path.Combine(_folder.Root, "export"));
        var files = Directory.GetFiles(Path.Combine(_folder.Root, "export"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files) AssertSilent(file, await File.ReadAllTextAsync(file, Cancel));
    }

    private async Task<IReadOnlyList<string>> AuditAsync()
    {
        IReadOnlyList<string> Lines() => [.. File.ReadAllLines(Path.Combine(_folder.Data, "audit.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("subject").GetString() == "KWID-2026-1").Select(line => line.GetProperty("what").GetString()!)];
        await Wait.UntilAsync(() => Lines().Count == 3, "the audit log tells all three", Limit, Cancel);
        return Lines();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
