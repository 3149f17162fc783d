using System.Text.Json;
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

        var run = await _folder.RunAsync(Cancel, "read", file);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Erfundene Meldungen, 1 entries", run.Text, StringComparison.Ordinal);
        Assert.All(["2026-03-02 08:00:00Z", "hoch", "WID-SEC-2026-0007", "CVE-2026-12345"], part => Assert.Contains(part, run.Text, StringComparison.Ordinal));
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

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name).GetString();
}
