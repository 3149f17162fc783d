using Kwid.Core.Sources;

namespace Kwid.Tests.Sources.Csaf;

public class DirectoryTests
{
    [Theory]
    [InlineData("https://csaf.example/white/", "https://csaf.example/white/changes.csv", "2026/one.json,2026-10-01T00:00:00Z", "https://csaf.example/white/2026/one.json")]
    [InlineData("https://csaf.example/csaf/advisories/", "https://csaf.example/csaf/changes.csv", "\"advisories/2026/one.json\",\"2026-10-01T08:00:00.0000000\"", "https://csaf.example/csaf/advisories/2026/one.json")]
    [InlineData("https://csaf.example/csaf/advisories/", "https://csaf.example/csaf/changes.csv", "2026/one.json,2026-10-01T08:00:00", "https://csaf.example/csaf/advisories/2026/one.json")]
    [InlineData("https://csaf.example/csaf/advisories/", "https://csaf.example/csaf/changes.csv", "vex/2026/one.json,2026-10-01T08:00:00", "https://csaf.example/csaf/vex/2026/one.json")]
    [InlineData("https://csaf.example/data/", "https://csaf.example/.well-known/csaf/changes.csv", "2026/one.json,2026-10-01T00:00:00Z", "https://csaf.example/data/2026/one.json")]
    [InlineData("https://csaf.example/dev/csaf_files/OT/white/", "https://csaf.example/dev/csaf_files/OT/white/changes.csv", "csaf_files/OT/white/2026/one.json,2026-10-01T00:00:00Z", "https://csaf.example/dev/csaf_files/OT/white/2026/one.json")]
    [InlineData("https://csaf.example/white/", "https://csaf.example/white/index.txt", "./2026/one.json", "https://csaf.example/white/2026/one.json")]
    public async Task Documents_are_found_wherever_the_list_stands_and_whatever_its_paths_begin_with(string directory, string file, string line, string document)
    {
        var upstream = CsafUpstream.WithDirectory(directory);
        upstream.Show(file, "\uFEFF" + line + "\r\n");
        upstream.Show(document, CsafUpstream.Anything);

        var first = await upstream.PollAsync();
        await upstream.PollAsync();

        Assert.Equal(["one"], first.Names());
        Assert.Equal([$"304 {CsafUpstream.Metadata}", $"304 {file}"], upstream.Asked);
    }

    [Fact]
    public async Task Lines_that_name_no_document_are_told_and_the_others_read_with_or_without_a_date()
    {
        var upstream = CsafUpstream.WithDirectory();
        upstream.Show(CsafUpstream.White + "changes.csv", "2026/one.json,2026-10-01T00:00:00Z\n2026/two.json,yesterday\n2026/three.json\nfilename,date\n");
        foreach (var name in (string[])["one", "two", "three"]) upstream.Show($"{CsafUpstream.White}2026/{name}.json", CsafUpstream.Anything);

        var steps = await upstream.PollAsync();

        Assert.Equal(["one", "three", "two"], steps.Names().Order(StringComparer.Ordinal));
        Assert.Contains("listed without a usable address: filename,date.", steps.Remarks(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_changes_csv_documents_are_looked_at_daily_and_later_weekly()
    {
        var upstream = CsafUpstream.WithDirectory();
        upstream.Show(CsafUpstream.White + "index.txt", "2026/one.json\n");
        upstream.Show(CsafUpstream.White + "2026/one.json", CsafUpstream.Anything);
        var reads = 0;

        for (var day = 0; day < 60; day++)
        {
            reads += (await upstream.PollAsync()).Names().Count();
            upstream.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.InRange(reads, 18, 24);
    }

    [Fact]
    public async Task A_directory_with_neither_list_fails_the_poll()
    {
        var upstream = CsafUpstream.WithDirectory();
        upstream.Show(CsafUpstream.White + "changes.csv", "<html>Not here</html>");

        var failed = Assert.IsType<FetchOutcome.Failed>(Assert.Single(await upstream.PollAsync()).Outcome);

        Assert.Contains("white/changes.csv does not list CSAF documents", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_beside_a_feed_for_all_is_not_read_twice()
    {
        var upstream = CsafUpstream.WithRolie();
        upstream.Publish("one", "2026-10-01T00:00:00Z");
        upstream.Show(CsafUpstream.Metadata, $$$"""{ "distributions": [ { "directory_url": "{{{CsafUpstream.White}}}" }, { "rolie": { "feeds": [ { "tlp_label": "CLEAR", "url": "{{{CsafUpstream.Rolie}}}" } ] } } ] }""");

        var steps = await upstream.PollAsync();

        Assert.Equal(["one"], steps.Names());
        Assert.DoesNotContain(upstream.Asked, asked => asked.EndsWith(".csv", StringComparison.Ordinal));
    }
}
