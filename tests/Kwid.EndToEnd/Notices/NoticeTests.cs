using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Kwid.EndToEnd.Notices;

/// <summary>Our own notices with the real program: from a file dropped into the folder to the public feed, within ten seconds each time.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly HttpClient _client = Raw.CreateClient();
    private KwidFolder _folder = null!;
    private KwidProcess _kwid = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder = new KwidFolder(new Uri("http://127.0.0.1:9/"));
        _folder.Settings["sources"]!.AsArray().Add(new JsonObject { ["id"] = "kwid", ["name"] = "Eigene Hinweise", ["kind"] = "notices", ["url"] = "file:notices/", ["tlp"] = "RED" });
        _folder.Write();
        _kwid = await _folder.ServeAsync(_client, Cancel);
        await _kwid.WaitForLineAsync("First sweep done", Limit, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _kwid.DisposeAsync();
        _folder.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task A_final_notice_its_correction_and_its_withdrawal_are_each_in_the_public_feed_within_ten_seconds()
    {
        await TellAsync("final", "Schalten Sie den Server ab.", entries => entries is ["[KRITISCH] Exchange abschalten"]);
        await TellAsync("final", "Schalten Sie den Server ab, auch den zweiten.", entries => entries is ["[KRITISCH · korrigiert] Exchange abschalten", _]);
        await TellAsync("withdrawn", "Schalten Sie den Server ab.", entries => entries is ["[ZURÜCKGEZOGEN] Exchange abschalten", ..], "reason: Messfehler");

        await Wait.UntilAsync(() => Audit("KWID-2026-1").Count == 3, "the audit log tells all three", Limit, Cancel);
        Assert.Equal(["notice-published", "notice-corrected", "notice-withdrawn"], Audit("KWID-2026-1"));
    }

    [Fact]
    public async Task A_notice_with_a_mistake_is_told_in_the_log_and_in_health_and_is_not_published()
    {
        Write("2026-2.md", "---\ntitle: Geheim\nstatus: final\ntlp: CLEAR\nseverity: krtisch\n---\nText");

        await _kwid.WaitForLineAsync("2026-2.md", Limit, Cancel);
        var poll = await _folder.RunAsync(Cancel, "poll", "kwid", "--json");

        Assert.Contains(_kwid.Errors, line => line.Contains("line 5: severity: found \"krtisch\"", StringComparison.Ordinal));
        Assert.Equal(1, JsonDocument.Parse(poll.Text).RootElement.GetProperty("sources")[0].GetProperty("rejected").GetArrayLength());
        Assert.Empty(await TitlesAsync());
    }

    [Fact]
    public async Task A_preview_tells_whom_a_draft_reaches_beside_the_service_that_holds_the_data()
    {
        Write("a.md", "---\ntitle: Vertraulich\nstatus: draft\ntlp: AMBER\nrecipients: [\"05315000\", \"05314000\", \"05999\"]\n---\nText");
        Write("b.md", "---\ntitle: Offen\nstatus: draft\ntlp: CLEAR\n---\nText");
        Write("c.md", "---\ntitle: Falsch\nstatus: fertig\ntlp: CLEAR\n---\nText");
        await _folder.RunAsync(Cancel, "token", "issue", "05315000");

        var some = await _folder.RunAsync(Cancel, "preview", Path.Combine(_folder.Root, "notices/a.md"));
        var all = await _folder.RunAsync(Cancel, "preview", Path.Combine(_folder.Root, "notices/b.md"), "--json");
        var mistaken = await _folder.RunAsync(Cancel, "preview", Path.Combine(_folder.Root, "notices/c.md"));
        var missing = await _folder.RunAsync(Cancel, "preview", "nirgends.md");

        Assert.Equal((1, 0, 1, 2), (some.ExitCode, all.ExitCode, mistaken.ExitCode, missing.ExitCode));
        Assert.Contains("KWID-a (Entwurf): Vertraulich", some.Output);
        Assert.Contains("TLP:AMBER: darf nur über geschützte Adressen der Adressaten und ihrer Dienstleister hinaus", some.Output);
        Assert.Contains("3 Empfänger: 1 über geschützte Adresse, noch nie abgerufen; 2 ohne: Bonn, 05999 (unbekannt)", some.Output);
        Assert.All(JsonDocument.Parse(all.Text).RootElement.GetProperty("notice").GetProperty("recipients").EnumerateArray(), one => Assert.NotEqual("none", one.GetProperty("way").GetString()));
        Assert.Contains("c.md:3:1: status: found \"fertig\"; do use draft", mistaken.Text, StringComparison.Ordinal);
        Assert.Contains("nirgends.md can't be read", string.Join('\n', missing.Errors), StringComparison.Ordinal);
    }

    private async Task TellAsync(string status, string text, Func<IReadOnlyList<string>, bool> isTold, string further = "exploited: false")
    {
        Write("2026-1.md", $"---\ntitle: Exchange abschalten\nstatus: {status}\ntlp: CLEAR\nseverity: kritisch\n{further}\n---\n{text}");
        var began = Stopwatch.GetTimestamp();
        await Wait.UntilAsync(async () => isTold(await TitlesAsync()), $"{status} is in the feed", Limit, Cancel);
        TestContext.Current.SendDiagnosticMessage($"{status}: {Stopwatch.GetElapsedTime(began)}");
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Promised);
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "notices"));
        File.WriteAllText(Path.Combine(_folder.Root, "notices", name), text);
    }

    private async Task<IReadOnlyList<string>> TitlesAsync() =>
        [.. XDocument.Parse((await Raw.AskAsync(_client, new Uri(_folder.Address, "feeds/05315000.atom"), Cancel)).Text).Root!.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "title")!.Value)];

    private List<string> Audit(string subject) =>
        [.. File.ReadAllLines(Path.Combine(_folder.Data, "audit.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("subject").GetString() == subject).Select(line => line.GetProperty("what").GetString()!)];
}
