using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Access;

/// <summary>Secret addresses, from the operator's command to the reader's feed, beside a service that logs everything it can.</summary>
public sealed class CapabilityTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly HttpClient _client = Raw.CreateClient();
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;
    private KwidProcess _kwid = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _upstream.Show("/open", new UpstreamItem(1, now.AddHours(-2)));
        _upstream.Show("/green", new UpstreamItem(2, now.AddHours(-1), "kritisch"));
        _folder = new KwidFolder(_upstream.Address).With("open", new Uri(_upstream.Address, "/open")).With("green", new Uri(_upstream.Address, "/green"));
        _folder.Settings["sources"]![1]!["tlp"] = "GREEN";
        _folder.Write();
        await StartAsync();
        await _kwid.WaitForLineAsync("First sweep done", Limit, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _kwid.DisposeAsync();
        _folder.Dispose();
        await _upstream.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task A_token_opens_its_own_feed_and_page_and_nothing_else_says_that_it_exists()
    {
        var (token, _) = await IssueAsync("05315000");

        var feed = await AskAsync($"t/{token}/feeds/05315000.atom");
        var rss = await AskAsync($"t/{token}/feeds/05315000.rss");
        var bearer = await Raw.AskAsync(_client, new Uri(_folder.Address, "feeds/05315000.atom"), Cancel, null, ("Authorization", $"Bearer {token}"));
        var page = await AskAsync($"t/{token}/kommunen/05315000");
        var open = await AskAsync("feeds/05315000.atom");
        var proxied = await Raw.AskAsync(_client, new Uri(_folder.Address, "feeds/05315000.atom"), Cancel, null, ("Authorization", "Bearer of-some-proxy"));
        var altered = await Raw.AskAsync(_client, new Uri(_folder.Address, "feeds/05315000.atom"), Cancel, null, ("Authorization", $"Bearer {token}x"));
        var export = await _folder.RunAsync(Cancel, "export", Path.Combine(_folder.Root, "export"), "--json");

        Assert.Equal(["WID-SEC-2026-0001", "WID-SEC-2026-0002"], Ids(feed));
        Assert.Equal(["WID-SEC-2026-0001"], Ids(open));
        Assert.Equal(feed.Text, bearer.Text);
        Assert.Equal((open.Text, HttpStatusCode.NotFound), (proxied.Text, altered.Status));
        Assert.Equal(open.Text, await File.ReadAllTextAsync(Path.Combine(_folder.Root, "export/feeds/05315000.atom"), Cancel));
        // A protected feed would be written over the public one: its address is the same but for the secret.
        Assert.Equal($"{{\"documents\":{Directory.GetFiles(Path.Combine(_folder.Root, "export"), "*", SearchOption.AllDirectories).Length},\"removed\":0}}", export.Text);
        Assert.All(Directory.EnumerateFiles(Path.Combine(_folder.Root, "export"), "*", SearchOption.AllDirectories), file => Assert.DoesNotContain("WID-SEC-2026-0002", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Contains("WID-SEC-2026-0002", rss.Text, StringComparison.Ordinal);
        Assert.Contains("Produkt 2", page.Text, StringComparison.Ordinal);
        Assert.Equal(("private, max-age=300", "no-referrer", "noindex"), (feed["Cache-Control"], feed["Referrer-Policy"], feed["X-Robots-Tag"]));
        Assert.Equal("private, no-cache", page["Cache-Control"]);
        Assert.DoesNotContain(token, feed.Text + rss.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, (await Raw.AskAsync(_client, new Uri(_folder.Address, $"t/{token}/feeds/05315000.atom"), Cancel, null, ("If-None-Match", feed["ETag"]!))).Status);
        await AssertNotFoundAsync(token);
        await AssertNoTokenInAsync(token);
    }

    [Fact]
    public async Task A_rotated_token_works_on_for_its_overlap_a_revoked_one_says_farewell_and_both_survive_a_kill()
    {
        var (old, id) = await IssueAsync("05314000");
        var rotated = await _folder.RunAsync(Cancel, "token", "rotate", id, "--overlap", "1.00:00:00", "--json");
        var (next, nextId) = Token(rotated.Output[0]);

        var during = await AskAsync($"t/{old}/feeds/05314000.atom");
        await _folder.RunAsync(Cancel, "token", "revoke", nextId);
        var revoked = await AskAsync($"t/{next}/feeds/05314000.atom");
        await _kwid.DisposeAsync();
        await StartAsync();
        var after = await AskAsync($"t/{next}/feeds/05314000.atom");
        var list = await _folder.RunAsync(Cancel, "token", "list");

        Assert.Contains("Diese Adresse endet am", during.Text, StringComparison.Ordinal);
        Assert.Contains("WID-SEC-2026-0002", during.Text, StringComparison.Ordinal);
        Assert.Contains("gesperrt", revoked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("WID-SEC", revoked.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, revoked.Text, revoked["ETag"]), (after.Status, after.Text, after["ETag"]));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync($"t/{next}/kommunen/05314000")).Status);
        Assert.Matches($"{id}  05314000  IT  issued .* until ", list.Text);
        Assert.Matches($"{nextId}  05314000  IT  issued .* ended ", list.Text);
        await Wait.UntilAsync(() => Audit().Count == 5, "the start is in the audit log", Limit, Cancel);
        Assert.Equal(["started", "token-issued", "token-rotated", "token-revoked", "started"], Audit());
        await AssertNoTokenInAsync(old, next);
    }

    [Fact]
    public async Task For_a_mail_merge_everybody_gets_one_and_nobody_a_second()
    {
        var (_, _) = await IssueAsync("05315000");

        var merge = await _folder.RunAsync(Cancel, "token", "issue", "--all", "--csv");
        var again = await _folder.RunAsync(Cancel, "token", "issue", "--all", "--csv");

        Assert.Equal(["key,name,page,atom,rss,opml", "05314000,Bonn"], [merge.Output[0], string.Join(',', merge.Output[1].Split(',')[..2])]);
        Assert.Contains("05315000: has a token in force, left as it is", merge.Errors);
        Assert.Equal(["key,name,page,atom,rss,opml"], again.Output);
    }

    [Fact]
    public async Task Its_last_use_is_told_with_the_reader_and_the_first_fetch_of_what_is_urgent()
    {
        var (token, id) = await IssueAsync("05315000");
        await AskAsync($"t/{token}/feeds/05315000.atom");
        _upstream.Show("/green", new UpstreamItem(2, TimeProvider.System.GetUtcNow().AddHours(-1), "kritisch"), new UpstreamItem(3, TimeProvider.System.GetUtcNow(), "kritisch"));
        // Within the second of the first fetch: an edition's instant, cut to the second, may lie before it.
        await _folder.RunAsync(Cancel, "poll", "green");

        await Raw.AskAsync(_client, new Uri(_folder.Address, $"t/{token}/feeds/05315000.atom"), Cancel, null, ("User-Agent", "Mozilla/5.0 Gecko Thunderbird/140.1 (Frau Muster)"));
        await AskAsync($"t/{token}/feeds/05315000.rss");
        var list = await _folder.RunAsync(Cancel, "token", "list");
        var told = await _folder.RunAsync(Cancel, "token", "list", "--json");

        Assert.Single(JsonDocument.Parse(told.Text).RootElement.GetProperty("tokens")[0].GetProperty("urgentFetches").EnumerateArray(), fetch => fetch.GetProperty("entry").GetString() == "WID-SEC-2026-0003/r1");
        Assert.Matches($"{id} .* last used .*; WID-SEC-2026-0003/r1 of .* fetched ", list.Text);
        Assert.DoesNotContain("Muster", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_the_page_is_a_use_too()
    {
        var (token, id) = await IssueAsync("05315000");

        await Raw.AskAsync(_client, new Uri(_folder.Address, $"t/{token}/kommunen/05315000"), Cancel, null, ("User-Agent", "Mozilla/5.0 Gecko/20100101 Firefox/140.0"));
        var list = await _folder.RunAsync(Cancel, "token", "list");

        Assert.Matches($"{id} .* last used .* by Browser", list.Text);
    }

    [Fact]
    public async Task What_was_revoked_and_issued_since_a_backup_stays_so_when_it_is_restored()
    {
        var (revoked, id) = await IssueAsync("05315000");
        await _folder.RunAsync(Cancel, "backup", "b.gz");
        await _folder.RunAsync(Cancel, "token", "revoke", id);
        var (issued, _) = await IssueAsync("05314000");
        await _kwid.DisposeAsync();

        var restore = await _folder.RunAsync(Cancel, "restore", "b.gz", "--replace");
        await StartAsync();

        Assert.Equal((0, 2), (restore.ExitCode, restore.Output.Count(line => line.StartsWith("Token ", StringComparison.Ordinal))));
        Assert.Contains("gesperrt", (await AskAsync($"t/{revoked}/feeds/05315000.atom")).Text, StringComparison.Ordinal);
        // Its feed begins with the first edition after the start.
        await _kwid.WaitForHttpAsync(_client, new Uri(_folder.Address, $"t/{issued}/kommunen/05314000"), Limit, Cancel);
        await Wait.UntilAsync(() => Audit().Count(what => what == "started") == 2, "the start is in the audit log", Limit, Cancel);
        Assert.Equal(["started", "token-issued", "token-kept", "token-kept", "restored", "started"], Audit());
    }

    [Fact]
    public async Task Closed_to_all_the_token_still_opens()
    {
        var (token, _) = await IssueAsync("05315000");
        var mirror = Path.Combine(_folder.Root, "mirror");
        await _folder.RunAsync(Cancel, "export", mirror);
        Assert.NotEmpty(Directory.GetFiles(mirror, "*", SearchOption.AllDirectories));
        _folder.Settings["service"]!["access"] = "closed";
        _folder.Write();
        await _kwid.WaitForLineAsync("is in effect", Limit, Cancel);

        var export = await _folder.RunAsync(Cancel, "export", mirror);

        Assert.Equal(1, export.ExitCode);
        Assert.Contains("of earlier exports", string.Join('\n', export.Errors), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(mirror, "*", SearchOption.AllDirectories));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("feeds/05315000.atom")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("kommunen/05315000")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync($"t/{token}/feeds/05315000.atom")).Status);
    }

    private async Task StartAsync()
    {
        var everything = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Trace", ["Logging__LogLevel__Microsoft"] = "Trace", ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace" };
        _kwid = KwidProcess.Start(["serve", "--config", _folder.Config, "--data", _folder.Data], _folder.Root, everything);
        await _kwid.WaitForHttpAsync(_client, new Uri(_folder.Address, "readyz"), Limit, Cancel);
        await _kwid.WaitForLineAsync("polled", Limit, Cancel);
    }

    private async Task<(string Token, string Id)> IssueAsync(string key) => Token((await _folder.RunAsync(Cancel, "token", "issue", key, "--json")).Output[0]);

    private static (string Token, string Id) Token(string json)
    {
        var made = JsonDocument.Parse(json).RootElement.GetProperty("tokens")[0];
        return (made.GetProperty("page").GetString()!.Split('/')[4], made.GetProperty("id").GetString()!);
    }

    private Task<Raw> AskAsync(string path) => Raw.AskAsync(_client, new Uri(_folder.Address, path), Cancel);

    private static IEnumerable<string> Ids(Raw feed) =>
        XDocument.Parse(feed.Text).Root!.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value.Split('/')[^1]).Order(StringComparer.Ordinal);

    /// <summary>Unknown, foreign and altered addresses: the same answer in body and headers, and the same as for any address that never was.</summary>
    private async Task AssertNotFoundAsync(string token)
    {
        var never = await AskAsync("nirgends");
        foreach (var path in new[]
        {
            $"t/{token[..^1]}{(token[^1] == 'A' ? 'B' : 'A')}/feeds/05315000.atom", $"t/{token}x/feeds/05315000.atom", "t/kwt_/feeds/05315000.atom", $"t/{token}/feeds/05314000.atom", $"t/{token}/feeds/99999999.atom",
            $"t/{token}/feeds/05315000.xml", $"t/{token}/feeds/05315000/archive/9.atom", $"t/{token}/feeds/05315000/intern.atom", $"t/{token}/kommunen/05314000", $"t/{token}", $"t/{token}/", "feeds/05315000/intern.atom",
        })
        {
            var answer = await AskAsync(path);
            if (path.StartsWith("feeds", StringComparison.Ordinal))
            {
                Assert.Equal(HttpStatusCode.NotFound, answer.Status);
                continue;
            }

            Assert.Equal((path, never.Status, never.Text, Headers(never)), (path, answer.Status, answer.Text, Headers(answer)));
        }
    }

    private static string Headers(Raw answer) => string.Join('\n', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));

    private List<string> Audit() =>
        [.. File.ReadAllLines(Path.Combine(_folder.Data, "audit.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("what").GetString()!)];

    private async Task AssertNoTokenInAsync(params string[] tokens)
    {
        await _kwid.DisposeAsync();
        var log = string.Join('\n', _kwid.Output.Concat(_kwid.Errors));
        Assert.Contains("trce:", log, StringComparison.Ordinal);
        foreach (var token in tokens)
        {
            Assert.DoesNotContain(token, log, StringComparison.Ordinal);
            foreach (var file in Directory.EnumerateFiles(_folder.Data, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".sock", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)))
                Assert.DoesNotContain(token, await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, Cancel), StringComparison.Ordinal);
        }
    }
}
