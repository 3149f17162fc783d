using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.Access;

/// <summary>An IT provider's ways in: its feed, its list, and the same behind a secret address.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private const string Public = "https://pruefstand.kwid.example";

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
        _folder.Settings["recipients"]!.AsArray().Add(new JsonObject { ["select"] = "05382" });
        _folder.Settings["providers"] = new JsonArray(Provider("kdn", "KDN & Söhne", "05315000", "05314000", "05382004", "05382"), Provider("regio", "Regio-IT", "05315000"));
        _folder.Write();
        _kwid = await _folder.ServeAsync(_client, Cancel);
        await _kwid.WaitForLineAsync("First sweep done", Limit, Cancel);
        await Wait.UntilAsync(async () => Ids(await AskAsync("providers/kdn.atom")).Any(), "an entry in the feed of the provider", Limit, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _kwid.DisposeAsync();
        _folder.Dispose();
        await _upstream.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Anyone_reads_its_feed_and_its_list_and_every_address_of_the_list_answers()
    {
        var feed = await AskAsync("providers/kdn.atom");
        var rss = await AskAsync("providers/kdn.rss");
        var list = await AskAsync("providers/kdn.opml");
        var again = await AskAsync("providers/kdn.opml", ("If-None-Match", list["ETag"]!));
        var since = await AskAsync("providers/kdn.opml", ("If-Modified-Since", list["Last-Modified"]!));
        var other = await AskAsync("providers/kdn.opml", ("If-None-Match", "\"another\""));
        var head = await Raw.AskAsync(_client, new Uri(_folder.Address, "providers/kdn.opml"), Cancel, HttpMethod.Head);
        var unknown = await AskAsync("providers/nobody.opml");

        Assert.Equal(["WID-SEC-2026-0001"], Ids(feed));
        Assert.Contains("tag:pruefstand.kwid.example,2026:anbieter/kdn/", rss.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Path(Link(feed, "alternate")))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Path(Link(feed, "self")))).Status);
        Assert.Equal(("text/x-opml; charset=utf-8", "max-age=300", "nosniff"), (list["Content-Type"], list["Cache-Control"], list["X-Content-Type-Options"]));
        Assert.Equal(["KDN & Söhne", "kreisfreie Stadt/Bonn", "kreisfreie Stadt/Köln", "Rhein-Sieg-Kreis/Alfter", "Rhein-Sieg-Kreis/Rhein-Sieg-Kreis"], Outlines(list).Select(one => one.Name));
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK), (again.Status, since.Status, other.Status));
        Assert.Equal((list["ETag"], list["Cache-Control"], list["Last-Modified"]), (again["ETag"], again["Cache-Control"], again["Last-Modified"]));
        Assert.Equal((HttpStatusCode.OK, 0, list["Content-Length"]), (head.Status, head.Body.Length, head["Content-Length"]));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Contains("nennt der Betreiber", unknown.Text, StringComparison.Ordinal);
        await AssertEachAnswersAsync(list);
    }

    [Fact]
    public async Task Its_token_opens_its_protected_feed_and_list_and_nothing_of_those_it_serves()
    {
        var (token, _) = await IssueAsync("anbieter/kdn");
        var (town, _) = await IssueAsync("05315000");

        var feed = await AskAsync($"t/{token}/providers/kdn.atom");
        var rss = await AskAsync($"t/{token}/providers/kdn.rss");
        var list = await AskAsync($"t/{token}/providers/kdn.opml");
        var bearer = await AskAsync("providers/kdn.atom", ("Authorization", $"Bearer {token}"));
        var bearerList = await AskAsync("providers/kdn.opml", ("Authorization", $"Bearer {token}"));
        var open = await AskAsync("providers/kdn.atom");

        Assert.Equal(["WID-SEC-2026-0001", "WID-SEC-2026-0002"], Ids(feed));
        Assert.Contains("WID-SEC-2026-0002", rss.Text, StringComparison.Ordinal);
        Assert.Equal(["WID-SEC-2026-0001"], Ids(open));
        Assert.Equal(feed.Text, bearer.Text);
        Assert.DoesNotContain(token, feed.Text + rss.Text, StringComparison.Ordinal);
        Assert.Equal("kdn.atom", Link(feed, "self"));
        Assert.Equal(("private, max-age=300", "no-referrer", "noindex"), (list["Cache-Control"], list["Referrer-Policy"], list["X-Robots-Tag"]));
        Assert.Equal(("Accept-Encoding", "Accept-Encoding, Authorization", "Accept-Encoding, Authorization"), (feed["Vary"], bearer["Vary"], bearerList["Vary"]));
        Assert.Equal($"{Public}/t/{token}/providers/kdn.atom", Outlines(list)[0].Address);
        // Who keeps the secret in a header gets no document that holds it.
        Assert.Equal($"{Public}/providers/kdn.atom", Outlines(bearerList)[0].Address);
        await AssertEachAnswersAsync(list);
        await AssertNotFoundAsync(
            $"t/{token}/feeds/05315000.atom", $"t/{token}/feeds/kdn.atom", $"t/{token}/kommunen/05315000", $"t/{token}/kommunen/anbieter/kdn", $"t/{token}/kommunen/kdn",
            $"t/{token}/providers/regio.atom", $"t/{token}/providers/regio.opml", $"t/{token}/providers/kdn/intern.atom", $"t/{token}/providers/kdn/archive/1.atom", $"t/{token}/providers/kdn.json",
            $"t/{town}/providers/kdn.atom", $"t/{town}/providers/kdn.opml", $"t/{town}/providers/05315000.atom", $"t/{town}/feeds/05315000.opml", $"t/{Altered(token)}/providers/kdn.opml");
        await AssertBearerNotFoundAsync(town, "providers/kdn.atom", "providers/kdn.opml");
        await AssertBearerNotFoundAsync(token, "feeds/05315000.atom", "providers/regio.opml");
        await AssertBearerNotFoundAsync(Altered(token), "providers/kdn.atom", "providers/kdn.opml");
        Assert.DoesNotContain(token, string.Join('\n', _kwid.Output.Concat(_kwid.Errors)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_token_says_farewell_in_the_feed_and_its_list_still_leads_there()
    {
        var (token, id) = await IssueAsync("kdn");
        await _folder.RunAsync(Cancel, "token", "revoke", id);

        var feed = await AskAsync($"t/{token}/providers/kdn.atom");
        var list = await AskAsync($"t/{token}/providers/kdn.opml");
        var told = await _folder.RunAsync(Cancel, "token", "list", "kdn");

        Assert.Contains("gesperrt", feed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("WID-SEC", feed.Text, StringComparison.Ordinal);
        await AssertEachAnswersAsync(list);
        Assert.Matches($@"^{id}  anbieter/kdn \(KDN & Söhne\)  IT  issued .* ended ", told.Text);
    }

    [Fact]
    public async Task Tokens_are_made_for_one_provider_or_all_and_told_with_the_list_in_the_pages_place()
    {
        var one = await _folder.RunAsync(Cancel, "token", "issue", "anbieter/regio", "--label", "Leitstelle");
        var all = await _folder.RunAsync(Cancel, "token", "issue", "--all-providers", "--csv");
        var wrong = await _folder.RunAsync(Cancel, "token", "issue", "anbieter/nobody");
        var both = await _folder.RunAsync(Cancel, "token", "issue", "kdn", "--all-providers");

        Assert.Matches(@" for anbieter/regio \(Regio-IT\), Leitstelle\.", one.Output[0]);
        Assert.Equal(["  OPML", "  Atom", "  RSS"], one.Output.Skip(1).Select(line => line[..6].TrimEnd()));
        Assert.Matches($"^anbieter/kdn,KDN & Söhne,,{Public}/t/kwt_.*/providers/kdn.atom,.*/providers/kdn.rss,.*/providers/kdn.opml$", Assert.Single(all.Output.Skip(1)));
        Assert.Equal(["anbieter/regio: has a token in force, left as it is"], all.Errors);
        Assert.Equal((2, 2), (wrong.ExitCode, both.ExitCode));
        Assert.Contains("'anbieter/nobody' is no recipient and no provider", string.Join('\n', wrong.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_has_its_public_feed_and_list_and_nothing_protected()
    {
        await IssueAsync("anbieter/kdn");
        var folder = System.IO.Path.Combine(_folder.Root, "export");

        var export = await _folder.RunAsync(Cancel, "export", folder, "--json");

        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.Equal($"{{\"documents\":{files.Length},\"removed\":0}}", export.Text);
        Assert.Equal(["kdn.atom", "kdn.opml", "kdn.rss", "regio.atom", "regio.opml", "regio.rss"], Directory.GetFiles(System.IO.Path.Combine(folder, "providers")).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in new[] { "kdn.atom", "kdn.opml" })
            Assert.Equal((await AskAsync($"providers/{file}")).Text, await File.ReadAllTextAsync(System.IO.Path.Combine(folder, "providers", file), Cancel));
        Assert.All(files, file => Assert.DoesNotContain("WID-SEC-2026-0002", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_that_is_removed_says_farewell_at_all_its_addresses()
    {
        var (token, _) = await IssueAsync("anbieter/kdn");
        _folder.Settings["providers"]!.AsArray().RemoveAt(0);
        _folder.Write();
        await Wait.UntilAsync(async () => (await AskAsync("providers/kdn.atom")).Text.Contains("beendet", StringComparison.Ordinal), "the farewell of the provider", Limit, Cancel);

        var behindToken = await AskAsync($"t/{token}/providers/kdn.atom");
        var list = await AskAsync("providers/kdn.opml");

        Assert.Contains("Diese Adresse wurde am", behindToken.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("WID-SEC", behindToken.Text, StringComparison.Ordinal);
        Assert.Equal([$"{Public}/providers/kdn.atom"], Outlines(list).Select(one => one.Address));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("providers/regio.atom")).Status);
    }

    [Fact]
    public async Task Closed_to_all_its_token_opens_its_feed_and_the_list_names_no_recipient()
    {
        var (token, _) = await IssueAsync("anbieter/kdn");
        _folder.Settings["service"]!["access"] = "closed";
        _folder.Write();
        await _kwid.WaitForLineAsync("is in effect", Limit, Cancel);

        var list = await AskAsync($"t/{token}/providers/kdn.opml");

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("providers/kdn.atom")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("providers/kdn.opml")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync($"t/{token}/providers/kdn.atom")).Status);
        Assert.Equal([$"{Public}/t/{token}/providers/kdn.atom"], Outlines(list).Select(one => one.Address));
    }

    private static JsonObject Provider(string id, string name, params string[] recipients) =>
        new() { ["id"] = id, ["name"] = name, ["recipients"] = new JsonArray([.. recipients.Select(key => JsonValue.Create(key))]) };

    private static string Altered(string token) => token[..^1] + (token[^1] == 'A' ? 'B' : 'A');

    private static string Path(string address) => address[(Public.Length + 1)..];

    private static string Link(Raw feed, string relation) =>
        XDocument.Parse(feed.Text).Root!.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == relation).Attribute("href")!.Value;

    private static IEnumerable<string> Ids(Raw feed) =>
        XDocument.Parse(feed.Text).Root!.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value.Split('/')[^1]).Order(StringComparer.Ordinal);

    /// <summary>Every feed of a list, its name behind its district's, in the order of the list.</summary>
    private static IReadOnlyList<(string Name, string Address, string Page)> Outlines(Raw list) =>
        [.. from outline in XDocument.Parse(list.Text).Descendants("outline")
            where outline.Attribute("type")?.Value == "rss"
            let district = outline.Parent!.Attribute("text") is { } name ? name.Value + "/" : ""
            select (district + outline.Attribute("text")!.Value, outline.Attribute("xmlUrl")!.Value, outline.Attribute("htmlUrl")!.Value)];

    private async Task<(string Token, string Id)> IssueAsync(string key)
    {
        var run = await _folder.RunAsync(Cancel, "token", "issue", key, "--json");
        var made = JsonDocument.Parse(run.Output[0]).RootElement.GetProperty("tokens")[0];
        return (made.GetProperty("atom").GetString()!.Split('/')[4], made.GetProperty("id").GetString()!);
    }

    private async Task AssertEachAnswersAsync(Raw list)
    {
        foreach (var (name, address, page) in Outlines(list))
            foreach (var one in new[] { address, page }) Assert.Equal((name, one, HttpStatusCode.OK), (name, one, (await AskAsync(Path(one))).Status));
    }

    /// <summary>The same answer in body and headers as for an address that never was.</summary>
    private async Task AssertNotFoundAsync(params string[] paths)
    {
        var never = await AskAsync("nirgends");
        foreach (var path in paths) AssertSame(path, never, await AskAsync(path));
    }

    private async Task AssertBearerNotFoundAsync(string token, params string[] paths)
    {
        var never = await AskAsync("nirgends");
        foreach (var path in paths) AssertSame(path, never, await AskAsync(path, ("Authorization", $"Bearer {token}")));
    }

    private static void AssertSame(string path, Raw expected, Raw found) => Assert.Equal((path, expected.Status, expected.Text, Headers(expected)), (path, found.Status, found.Text, Headers(found)));

    private static string Headers(Raw answer) => string.Join('\n', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));

    private Task<Raw> AskAsync(string path, params (string, string)[] headers) => Raw.AskAsync(_client, new Uri(_folder.Address, path), Cancel, null, headers);
}
