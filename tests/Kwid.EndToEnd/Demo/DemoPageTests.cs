using System.Net;

namespace Kwid.EndToEnd.Demo;

[Collection(DemoGroup.Name)]
public class DemoPageTests(DemoFixture demo)
{
    [Theory]
    [InlineData("Koeln")]
    [InlineData("köln")]
    [InlineData("5315000")]
    public async Task The_start_page_finds_Koeln_however_it_is_typed(string typed)
    {
        var found = await demo.GetPageAsync($"/?q={Uri.EscapeDataString(typed)}");
        if (found.Status == HttpStatusCode.Redirect) found = await demo.GetPageAsync(found["Location"]!);

        Assert.Equal(HttpStatusCode.OK, found.Status);
        Assert.Contains("Köln", WebUtility.HtmlDecode(found.Text), StringComparison.Ordinal);
        Assert.Contains("/feeds/05315000.atom", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_district_brings_its_town_first_and_then_all_its_municipalities()
    {
        var page = WebUtility.HtmlDecode((await demo.GetPageAsync("/?q=Kleve")).Text);

        Assert.All(["/kommunen/05154036", "/kommunen/05154\"", "/kommunen/05154012"], link => Assert.Contains(link, page, StringComparison.Ordinal));
        Assert.True(page.IndexOf("/kommunen/05154036", StringComparison.Ordinal) < page.IndexOf("/kommunen/05154012", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_found_is_said_and_what_was_typed_stays_text()
    {
        var page = await demo.GetPageAsync("/?q=" + Uri.EscapeDataString("<b>Entenhausen</b>"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Nichts gefunden", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Entenhausen", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_page_names_sources_without_their_addresses()
    {
        var page = await demo.GetPageAsync("/status");
        var text = WebUtility.HtmlDecode(page.Text);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.All(["WID-Vorführung", "Landes-CERT-Vorführung", "Beispielwerke PSIRT"], name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.Contains("Alle 3 abgefragten Quellen sind in Ordnung", text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task It_says_that_it_lives_and_is_ready(string path) => Assert.Equal(HttpStatusCode.OK, (await demo.GetPageAsync(path)).Status);

    [Fact]
    public async Task Healthcheck_asks_the_address_given_and_tells_life_from_silence()
    {
        var cancel = TestContext.Current.CancellationToken;

        var alive = await KwidProcess.RunAsync(["healthcheck", "--urls", demo.Address.AbsoluteUri], TimeSpan.FromSeconds(30), cancel);
        var silent = await KwidProcess.RunAsync(["healthcheck", "--urls", $"http://127.0.0.1:{FreePort.Find()}"], TimeSpan.FromSeconds(30), cancel);

        Assert.Equal((0, 1), (alive.ExitCode, silent.ExitCode));
        Assert.Contains("does not answer", string.Join('\n', silent.Errors), StringComparison.Ordinal);
    }
}
