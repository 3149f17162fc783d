using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Reading;
using Kwid.Tests.Configuration;

namespace Kwid.Tests.Reading.Facts;

public class CatalogueReaderTests
{
    [Theory]
    [InlineData("""{"CVE-2026-10001":{"date_added":"2026-03-09T10:00:00Z"}}""")]
    [InlineData("""{"CVE-2026-10001":"2026-03-09T10:00:00Z"}""")]
    [InlineData("""{"data":{"items":[{"cve":["CVE-2026-10001"],"date_added":"2026-03-09T10:00:00Z"}]}}""")]
    [InlineData("""[{"CVE ID":"CVE-2026-10001","Date Added":"Mar 9, 2026, 10:00:00 AM"}]""")]
    [InlineData("""[{"cve_id":"CVE-2026-10001","dateReported":"2026-03-09 10:00"}]""")]
    public void A_catalogue_of_another_shape_is_read_by_its_cve_ids_and_dates(string json)
    {
        var read = Read(json, SourceKind.Facts);

        var fact = Assert.Single(read.Facts);
        Assert.Equal(new Fact(new CveId("CVE-2026-10001")) { Exploitation = new Exploitation(ExploitationLevel.Exploited, null, Make.Instant("2026-03-09T10:00Z")) }, fact);
        Assert.Empty(read.Faults);
    }

    [Fact]
    public void A_list_of_vulnerabilities_that_are_only_published_claims_no_exploitation()
    {
        var fault = Assert.Throws<FeedFormatException>(() => Read("""[{"CVE":"CVE-2026-10001","severity":"important","public_date":"2026-03-09T10:00:00Z"}]""", SourceKind.Facts));

        Assert.Contains("none of its 1 items has both a CVE id", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalogue_where_a_feed_belongs_says_which_kind_to_write()
    {
        var fault = Assert.Throws<FeedFormatException>(() => Read("""[{"cveID":"CVE-2026-10001","dateAdded":"2026-03-09","dueDate":"2026-03-30"}]""", SourceKind.Feed));

        Assert.StartsWith("This is a catalogue (CISA KEV)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"facts\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_where_a_catalogue_belongs_says_which_kind_to_write()
    {
        var fault = Assert.Throws<FeedFormatException>(() => Read("<rss version=\"2.0\"><channel><title>x</title><item><title>CVE-2026-10001</title></item></channel></rss>", SourceKind.Facts));

        Assert.StartsWith("This is RSS 2.0 with entries of its own", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"feed\"", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><head><title>Just a moment…</title></head></html>", "an HTML page")]
    [InlineData("[]", "JSON")]
    [InlineData("{\"vulnerabilities\":", "JSON")]
    public void What_is_no_catalogue_is_refused_with_what_one_looks_like(string body, string found)
    {
        var fault = Assert.Throws<FeedFormatException>(() => Read(body, SourceKind.Facts));

        Assert.Contains(found, fault.Message, StringComparison.Ordinal);
        Assert.Contains("CISA KEV", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cve_that_is_listed_twice_counts_from_the_earlier_date_with_the_higher_score()
    {
        var read = Read(
            """
            [{"id":"EUVD-2026-1","aliases":"CVE-2026-10001","baseScore":5.1,"baseScoreVersion":"4.0","exploitedSince":"Mar 9, 2026, 12:00:00 AM"},
             {"id":"EUVD-2026-2","aliases":"CVE-2026-10001","baseScore":8.1,"baseScoreVersion":"3.1","exploitedSince":"Mar 4, 2026, 12:00:00 AM"}]
            """, SourceKind.Facts);

        var fact = Assert.Single(read.Facts);
        Assert.Equal((Make.Instant("2026-03-04T00:00Z"), 8.1), (fact.Exploitation?.Since, fact.Cvss?.Score));
    }

    [Fact]
    public void The_real_catalogue_says_the_same_as_json_and_as_table()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("KWID_SHARED") is { Length: > 0 } named ? named : Path.Combine(Repository.Root, "..", "shared"), "advisories", "kev");
        if (!Directory.Exists(folder)) Assert.Skip($"{folder} is missing; set KWID_SHARED to the folder that has advisories/kev.");

        var json = Read(File.ReadAllBytes(Path.Combine(folder, "known_exploited_vulnerabilities.json")), SourceKind.Facts);
        var table = Read(File.ReadAllBytes(Path.Combine(folder, "known_exploited_vulnerabilities.csv")), SourceKind.Facts);

        Assert.True(json.Facts.Count > 1_000, $"only {json.Facts.Count} facts");
        Assert.Empty(json.Faults);
        Assert.Empty(table.Faults);
        Assert.All(json.Facts, fact => Assert.NotNull(fact.Exploitation?.Since));
        Assert.Equal(json.Facts.OrderBy(fact => fact.Cve), table.Facts.OrderBy(fact => fact.Cve));
    }

    private static ReadDocument Read(string body, SourceKind kind) => Read(Encoding.UTF8.GetBytes(body), kind);

    private static ReadDocument Read(byte[] body, SourceKind kind) =>
        SourceReader.Read(Make.Source() with { Kind = kind }, new FetchedDocument(new Uri("https://upstream.example/catalogue"), body, null));
}
