using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kwid.EndToEnd.Upstreams;

namespace Kwid.EndToEnd.CommandLine;

public sealed class ReadTests : IAsyncLifetime
{
    private const string Page = "<!DOCTYPE html><html><head><title>Wartung</title></head><body><p>Gleich wieder da.</p></body></html>";
    private readonly UpstreamItem _item = new(7, new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), "hoch", "Betroffen: CVE-2026-12345.");
    private ScriptedUpstream _upstream = null!;
    private KwidFolder _folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(Cancel);
        _upstream.Show("/rss", _item);
        _upstream.Show("/page", 200, "text/html", Page);
        _folder = new KwidFolder(_upstream.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_what_it_understands_of_a_file_and_keeps_nothing()
    {
        var file = Path.Combine(_folder.Root, "feed.xml");
        await File.WriteAllTextAsync(file, UpstreamItem.Write([_item]), Cancel);

        var run = await _folder.RunAsync(Cancel, "read", file, "--url", "https://cert.example/rss", "--now", "2026-03-03T00:00:00Z");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Erfundene Meldungen, 1 entry", run.Text, StringComparison.Ordinal);
        Assert.Contains("the default feed would have had 1 entry (1 HIGH) with deliver \"always\", 0 with \"background\"", run.Text, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"feed\",\"url\":\"https://cert.example/rss\"", run.Text, StringComparison.Ordinal);
        Assert.All(["2026-03-02 08:00Z", "hoch", "WID-SEC-2026-0007", "CVE-2026-12345"], part => Assert.Contains(part, run.Text, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Fact]
    public async Task An_address_as_typed_is_trusted_and_read_as_json_too()
    {
        var run = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/rss").AbsoluteUri, "--json");

        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Text);
        var entry = Assert.Single(json.RootElement.GetProperty("entries").EnumerateArray());
        Assert.Equal(("[NEU] [hoch] Produkt 7: Mehrere Schwachstellen", "hoch", "WID-SEC-2026-0007"), (Text(entry, "title"), Text(entry, "severity"), Text(entry, "advisory")));
    }

    [Fact]
    public async Task A_page_a_missing_file_and_a_missing_address_are_1_and_a_sentence()
    {
        var page = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/page").AbsoluteUri);
        var file = await _folder.RunAsync(Cancel, "read", Path.Combine(_folder.Root, "nothing.xml"));
        var address = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/nothing").AbsoluteUri);

        Assert.Equal([1, 1, 1], [page.ExitCode, file.ExitCode, address.ExitCode]);
        Assert.Contains("HTML", string.Join('\n', page.Errors), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("nothing.xml", string.Join('\n', file.Errors), StringComparison.Ordinal);
        Assert.Contains("404", string.Join('\n', address.Errors), StringComparison.Ordinal);
        Assert.All([page, file, address], run => Assert.DoesNotContain(run.Errors, line => line.Contains("   at ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_packed_body_that_breaks_off_is_a_failed_fetch_and_a_whole_one_is_read()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(UpstreamItem.Write(Enumerable.Range(1, 300).Select(n => _item with { Number = n }))));
        _upstream.ShowPacked("/whole", "application/rss+xml", packed.ToArray());
        _upstream.ShowPacked("/cut", "application/rss+xml", packed.ToArray()[..(int)(packed.Length / 2)]);

        var whole = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/whole").AbsoluteUri);
        var cut = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/cut").AbsoluteUri);

        Assert.Equal([0, 1], [whole.ExitCode, cut.ExitCode]);
        Assert.Contains("300 entries", whole.Text, StringComparison.Ordinal);
        Assert.Contains("/cut", string.Join('\n', cut.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_instead_of_a_feed_is_told_with_the_feed_that_it_names()
    {
        _upstream.Show("/start", 200, "application/rss+xml", "<!DOCTYPE html><title>CERT</title><link rel=alternate type=application/rss+xml href=rss title=Meldungen><p>Willkommen</p>");

        var run = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/start").AbsoluteUri);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"an HTML page (\"CERT\") that names {new Uri(_upstream.Address, "/rss").AbsoluteUri} (\"Meldungen\") as its feed", string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_selectors_a_page_is_read_as_the_service_would()
    {
        _upstream.Show("/list", 200, "text/html", "<title>Hinweise</title><ul><li class=h><a href='/own'>Produkt 8</a> <time>2026-03-02</time></ul>");
        _upstream.Show("/own", 200, "text/html", "<main><p>Betroffen: CVE-2026-22222.</p></main>");

        var run = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/list").AbsoluteUri, "--json", "--page", """{"item":"li.h","date":"time","detail":"main"}""");
        var wrong = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/list").AbsoluteUri, "--page", """{"item":"li["}""");
        var nothing = await _folder.RunAsync(Cancel, "read", new Uri(_upstream.Address, "/page").AbsoluteUri, "--page", """{"item":"li.h"}""");

        Assert.Equal([0, 2, 1], [run.ExitCode, wrong.ExitCode, nothing.ExitCode]);
        using var json = JsonDocument.Parse(run.Text);
        var entry = Assert.Single(json.RootElement.GetProperty("entries").EnumerateArray());
        Assert.Equal(("Produkt 8", new Uri(_upstream.Address, "/own").AbsoluteUri, "CVE-2026-22222"), (Text(entry, "title"), Text(entry, "link"), entry.GetProperty("cves")[0].GetString()));
        Assert.Contains("CSS selector", string.Join('\n', wrong.Errors), StringComparison.Ordinal);
        Assert.Contains("'li.h' finds nothing", string.Join('\n', nothing.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_source_its_selectors_and_its_address_are_those_of_the_configuration()
    {
        _upstream.Show("/list", 200, "text/html", "<ul><li class=h><a href='/own'>Produkt 9</a></ul>");
        var source = _folder.With("seite", new Uri(_upstream.Address, "/list")).Settings["sources"]![0]!;
        (source["kind"], source["page"]) = ("page", new JsonObject { ["item"] = "li.h" });
        _folder.Write();
        var saved = Path.Combine(_folder.Root, "saved.html");
        await File.WriteAllTextAsync(saved, "<li class=h><a href='/other'>Produkt 10</a>", Cancel);

        var run = await _folder.RunAsync(Cancel, "read", "--source", "seite");
        var file = await _folder.RunAsync(Cancel, "read", "--source", "seite", saved);
        var unknown = await _folder.RunAsync(Cancel, "read", "--source", "siete");

        var poll = await _folder.RunAsync(Cancel, "poll", "seite");

        Assert.Equal([0, 0, 2, 0], [run.ExitCode, file.ExitCode, unknown.ExitCode, poll.ExitCode]);
        Assert.Contains("seite: read, 1 new", poll.Text, StringComparison.Ordinal);
        Assert.Contains("Produkt 9", run.Text, StringComparison.Ordinal);
        Assert.Contains(new Uri(_upstream.Address, "/other").AbsoluteUri, file.Text, StringComparison.Ordinal);
        Assert.Contains("\"seite\"", string.Join('\n', unknown.Errors), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name).GetString();
}
