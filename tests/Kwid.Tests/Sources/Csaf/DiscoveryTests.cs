using Kwid.Core.Sources;

namespace Kwid.Tests.Sources.Csaf;

public class DiscoveryTests
{
    private const string Feed = """{ "feed": { "entry": [ { "updated": "2026-10-02T00:00:00Z", "content": { "src": "https://csaf.example/white/2026/one.json" } } ] } }""";

    [Theory]
    [InlineData("https://csaf.example/", "https://csaf.example/.well-known/csaf/provider-metadata.json")]
    [InlineData("https://csaf.example/security", "https://csaf.example/.well-known/csaf/provider-metadata.json")]
    [InlineData("https://www.csaf.example/", "https://csaf.data.security.csaf.example/")]
    [InlineData("https://csaf.example/own/metadata.json", "https://csaf.example/own/metadata.json")]
    public async Task Metadata_is_found_from_its_domain_and_asked_directly_afterwards(string url, string metadata)
    {
        var upstream = new CsafUpstream { Url = url };
        upstream.Show(metadata, """{ "distributions": [ { "rolie": { "feeds": [ { "url": "https://csaf.example/f.json" } ] } } ] }""");
        upstream.Show("https://csaf.example/f.json", Feed);
        upstream.Show("https://csaf.example/white/2026/one.json", CsafUpstream.Anything);

        var first = await upstream.PollAsync();
        await upstream.PollAsync();

        Assert.Equal(["one"], first.Names());
        Assert.Equal([$"304 {metadata}", "304 https://csaf.example/f.json"], upstream.Asked);
    }

    [Theory]
    [InlineData("/.well-known/security.txt")]
    [InlineData("/security.txt")]
    public async Task Security_txt_leads_to_it(string path)
    {
        var upstream = new CsafUpstream { Url = "https://csaf.example" };
        upstream.Show($"https://csaf.example{path}", "Contact: mailto:psirt@csaf.example\r\nCSAF: /elsewhere/pmd.json\r\n");
        upstream.Show("https://csaf.example/elsewhere/pmd.json", """{ "distributions": [ { "directory_url": "https://csaf.example/white" } ] }""");
        upstream.Show("https://csaf.example/white/changes.csv", "2026/one.json,2026-10-01T00:00:00Z");
        upstream.Show("https://csaf.example/white/2026/one.json", CsafUpstream.Anything);

        Assert.Equal(["one"], (await upstream.PollAsync()).Names());
    }

    [Fact]
    public async Task A_page_at_the_well_known_address_is_passed_over()
    {
        var upstream = new CsafUpstream { Url = "https://csaf.example" };
        upstream.Show(CsafUpstream.Metadata, "<!DOCTYPE html><title>Not found</title>");
        upstream.Show("https://csaf.data.security.csaf.example/", """{ "distributions": [ { "directory_url": "https://csaf.example/white/" } ] }""");
        upstream.Show("https://csaf.example/white/index.txt", "2026/one.json");
        upstream.Show("https://csaf.example/white/2026/one.json", CsafUpstream.Anything);

        Assert.Equal(["one"], (await upstream.PollAsync()).Names());
    }

    [Theory]
    [InlineData("https://csaf.example/white/feed.json", "https://csaf.example/white/feed.json", Feed)]
    [InlineData("https://csaf.example/white/", "https://csaf.example/white/changes.csv", "\"2026/one.json\",\"2026-10-01T00:00:00Z\"")]
    [InlineData("https://csaf.example/white/", "https://csaf.example/white/index.txt", "2026/one.json\n")]
    [InlineData("https://csaf.example/white/index.txt", "https://csaf.example/white/index.txt", "2026/one.json\n")]
    [InlineData("https://csaf.example/white", "https://csaf.example/white/changes.csv", "2026/one.json,2026-10-01T00:00:00Z")]
    public async Task A_feed_or_a_directory_is_a_provider_without_metadata(string url, string index, string text)
    {
        var upstream = new CsafUpstream { Url = url };
        upstream.Show(index, text);
        upstream.Show("https://csaf.example/white/2026/one.json", CsafUpstream.Anything);

        var first = await upstream.PollAsync();
        await upstream.PollAsync();

        Assert.Equal(["one"], first.Names());
        Assert.Equal([$"304 {index}"], upstream.Asked);
    }

    [Theory]
    [InlineData("""{ "canonical_url": "https://csaf.example/pmd.json", "publisher": { "name": "Contoso" } }""", "without distributions")]
    [InlineData("""{ "aggregator": {}, "csaf_providers": [ { "metadata": { "publisher": { "name": "Contoso" }, "url": "https://contoso.example/pmd.json" } } ] }""", "Contoso https://contoso.example/pmd.json")]
    [InlineData("""{ "document": { "title": "x" } }""", "single CSAF document")]
    [InlineData("""{ "service": {} }""", "neither provider-metadata.json nor a ROLIE feed")]
    [InlineData("<html></html>", "no JSON")]
    public async Task What_is_no_provider_is_a_failure_that_says_what_it_is(string text, string told)
    {
        var upstream = new CsafUpstream();
        upstream.Show(CsafUpstream.Metadata, text);

        var failed = Assert.IsType<FetchOutcome.Failed>(Assert.Single(await upstream.PollAsync()).Outcome);

        Assert.StartsWith("Source 'bsi-wid': https://csaf.example/", failed.Reason, StringComparison.Ordinal);
        Assert.Contains(told, failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_without_a_provider_is_a_failure_that_names_what_was_tried()
    {
        var upstream = new CsafUpstream { Url = "https://csaf.example" };

        var failed = Assert.IsType<FetchOutcome.Failed>(Assert.Single(await upstream.PollAsync()).Outcome);

        Assert.Contains("csaf.data.security.csaf.example", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(
            ["/.well-known/csaf/provider-metadata.json", "/.well-known/security.txt", "/security.txt", "/", "/changes.csv", "/index.txt"],
            upstream.Asked.Select(asked => new Uri(asked[4..]).AbsolutePath));
    }
}
