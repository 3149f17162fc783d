using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

public class FactBookTests
{
    private readonly FactBook _book = new();

    [Fact]
    public void A_catalogue_that_lists_one_of_the_cves_makes_the_advisory_exploited_by_its_word()
    {
        _book.Learn([Listed("CVE-2026-0002", "CISA KEV", "2026-03-01T00:00Z")]);

        var entry = _book.Apply(Make.Entry(cves: ["CVE-2026-0001", "CVE-2026-0002"]));

        Assert.Equal(new Exploitation(ExploitationLevel.Exploited, "CISA KEV", Make.Instant("2026-03-01T00:00Z")), entry.Exploitation);
    }

    [Theory]
    [InlineData(ExploitationLevel.Exploited, null)]
    [InlineData(ExploitationLevel.Suspected, "CISA KEV")]
    [InlineData(ExploitationLevel.ProofOfConcept, "CISA KEV")]
    public void The_sources_own_word_stands_unless_a_catalogue_says_more(ExploitationLevel own, string? by)
    {
        _book.Learn([Listed("CVE-2026-0001", "CISA KEV", "2026-03-01T00:00Z")]);

        var entry = _book.Apply(Make.Entry(cves: "CVE-2026-0001") with { Exploitation = new Exploitation(own) });

        Assert.Equal((ExploitationLevel.Exploited, by), (entry.Exploitation?.Level, entry.Exploitation?.By));
    }

    [Fact]
    public void Of_several_catalogues_the_one_that_said_it_first_is_named_whatever_the_order_of_learning()
    {
        SourceFact[] facts = [Listed("CVE-2026-0001", "CISA KEV", "2026-03-02T00:00Z", "kev"), Listed("CVE-2026-0001", "EU-KEV", "2026-03-01T00:00Z", "eu"), Listed("CVE-2026-0001", "Third", null, "third")];
        var backwards = new FactBook();

        _book.Learn(facts);
        backwards.Learn(facts.Reverse());

        Assert.Equal("EU-KEV", _book.FindExploitation([new CveId("CVE-2026-0001")])?.By);
        Assert.Equal("EU-KEV", backwards.FindExploitation([new CveId("CVE-2026-0001")])?.By);
    }

    [Fact]
    public void A_score_is_added_only_where_there_is_none_and_its_band_only_where_there_is_no_severity()
    {
        _book.Learn([Scored("CVE-2026-0001", 7.2), Scored("CVE-2026-0002", 9.1)]);
        var bare = Make.Entry(severity: null, cves: ["CVE-2026-0001", "CVE-2026-0002"]);
        var worded = Make.Entry(severity: Severity.Low, cves: "CVE-2026-0001");
        var unknownWord = bare with { SeverityWord = "blau" };
        var scored = bare with { Cvss = new Cvss("3.1", 3.0, null) };

        Assert.Equal((9.1, "ENISA EUVD", Severity.Critical), (_book.Apply(bare).Cvss?.Score, _book.Apply(bare).Cvss?.By, _book.Apply(bare).Severity));
        Assert.Equal((7.2, Severity.Low), (_book.Apply(worded).Cvss?.Score, _book.Apply(worded).Severity));
        Assert.Equal((9.1, null), (_book.Apply(unknownWord).Cvss?.Score, _book.Apply(unknownWord).Severity));
        Assert.Equal(scored, _book.Apply(scored));
    }

    [Fact]
    public void A_fact_is_changed_when_it_is_new_or_says_something_else()
    {
        var fact = Listed("CVE-2026-0001", "CISA KEV", "2026-03-01T00:00Z");

        Assert.True(_book.Changed(fact));
        _book.Learn([fact]);
        Assert.False(_book.Changed(Listed("CVE-2026-0001", "CISA KEV", "2026-03-01T00:00Z")));
        Assert.True(_book.Changed(Listed("CVE-2026-0001", "CISA KEV", "2026-03-02T00:00Z")));
        Assert.True(_book.Changed(fact with { Source = new SourceId("other") }));
    }

    [Fact]
    public void A_list_that_no_longer_has_a_cve_takes_nothing_back()
    {
        _book.Learn([Listed("CVE-2026-0001", "ENISA EUVD", "2026-03-01T00:00Z")]);
        _book.Learn([Listed("CVE-2026-0002", "ENISA EUVD", "2026-03-01T00:00Z")]);

        Assert.NotNull(_book.FindExploitation([new CveId("CVE-2026-0001")]));
    }

    private static SourceFact Listed(string cve, string by, string? since, string source = "kev") =>
        new(new SourceId(source), new Fact(new CveId(cve)) { Exploitation = new Exploitation(ExploitationLevel.Exploited, by, since is null ? null : Make.Instant(since)) });

    private static SourceFact Scored(string cve, double score) =>
        new(new SourceId("euvd"), new Fact(new CveId(cve)) { Cvss = new Cvss("3.1", score, null) { By = "ENISA EUVD" } });
}
