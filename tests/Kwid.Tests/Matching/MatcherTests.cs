using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

public class MatcherTests
{
    private static readonly Matcher Matcher = new(WordingRules.Default);

    [Fact]
    public void A_new_advisory_is_named_by_its_publishers_id_else_after_source_and_guid()
    {
        var named = IdentityKeys.NewId(Identify(Make.Entry(native: "WID-SEC-2026-0001")));
        var first = IdentityKeys.NewId(Identify(Make.Entry(guid: "urn:1")));
        var again = IdentityKeys.NewId(Identify(Make.Entry(guid: "urn:1", title: "Other")));
        var other = IdentityKeys.NewId(Identify(Make.Entry(guid: "urn:2")));

        Assert.Equal("WID-SEC-2026-0001", named.ToString());
        Assert.StartsWith("bsi-wid.", first.ToString(), StringComparison.Ordinal);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void A_later_date_alone_is_a_change_that_rings_nobody()
    {
        var entry = Make.Entry(native: "WID-SEC-2026-0001");
        var later = entry with { Updated = Make.Instant("2026-03-02T08:00Z") };

        var change = Assert.Single(Matcher.Compare(Make.Revision(entry), later));

        Assert.Equal(("updated", null), (change.Rule, change.News));
    }

    [Fact]
    public void What_the_publisher_wrote_since_is_a_change_each_with_the_rule_that_names_it()
    {
        var before = Make.Entry() with { History = [new("1", Make.Instant("2026-03-01T23:00Z"), "Initiale Fassung")] };
        var after = before with { History = [.. before.History, new("2", Make.Instant("2026-03-02T23:00Z"), "Neue Updates von SUSE aufgenommen"), new("3", Make.Instant("2026-03-03T23:00Z"), "PoC aufgenommen")] };

        var changes = Matcher.Compare(Make.Revision(before), after);

        Assert.Equal([("distributor", null), ("poc-wording", News.ProofOfConcept)], changes.Select(change => (change.Rule, change.News)));
        Assert.Equal("PoC aufgenommen", changes[1].After);
    }

    [Fact]
    public void What_a_source_that_joins_adds_rings_nobody_but_fresh_attacks_and_a_higher_severity_do()
    {
        var told = Make.Entry(severity: Severity.Medium);
        var joined = told with
        {
            Severity = Severity.High,
            Cves = [new CveId("CVE-2026-0001")],
            Exploitation = new Exploitation(ExploitationLevel.Exploited, Since: Make.Instant("2026-03-09T23:00Z")),
            History = [new("1", Make.Instant("2026-03-01T23:00Z"), "Initiale Fassung"), new("2", Make.Instant("2026-03-08T23:00Z"), "PoC aufgenommen"), new("3", Make.Instant("2026-03-09T23:00Z"), "Aktive Ausnutzung gemeldet")],
        };

        var recent = Matcher.CompareJoining(Make.Revision(told), joined, from: null, recent: Make.Instant("2026-03-05T00:00Z"));
        var old = Matcher.CompareJoining(Make.Revision(told), joined, from: null, recent: Make.Instant("2026-03-20T00:00Z"));

        Assert.Equal(["exploited", "severity-up", "exploited-wording"], recent.Where(change => change.News is not null).Select(change => change.Rule));
        Assert.Equal(["severity-up"], old.Where(change => change.News is not null).Select(change => change.Rule));
        Assert.Contains(old, change => change.Rule == "cve-added-told");
    }

    [Fact]
    public void Of_a_document_that_was_listed_before_only_what_is_dated_later_is_news()
    {
        var entry = Make.Entry() with
        {
            Published = Make.Instant("2023-05-01T22:00Z"),
            History = [new("1", Make.Instant("2023-05-01T22:00Z"), "Initiale Fassung"), new("2", Make.Instant("2023-06-01T22:00Z"), "PoC aufgenommen"), new("3", Make.Instant("2026-03-01T23:00Z"), "CVE ergänzt")],
        };

        var news = Matcher.NewsOf(entry, Make.Instant("2023-06-02T10:00Z"));

        Assert.Equal(["cve-wording"], news!.Where(change => change.News is not null).Select(change => change.Rule));
        Assert.Null(Matcher.NewsOf(entry, Make.Instant("2023-05-01T22:00Z")));
        Assert.DoesNotContain(Matcher.NewsOf(entry, null)!, change => change.News is not null);
    }

    [Theory]
    [InlineData(Severity.Medium, Severity.High, "severity-up")]
    [InlineData(Severity.High, Severity.Medium, "severity-down")]
    [InlineData(null, Severity.High, "severity")]
    [InlineData(null, Severity.Critical, "severity-up")]
    public void A_changed_severity_is_named_by_its_direction(Severity? before, Severity? after, string rule) =>
        Assert.Equal(rule, ChangeRules.Compare(Make.Entry(severity: before), Make.Entry(severity: after)).Single(change => change.Field == "severity").Rule);

    [Fact]
    public void An_update_that_became_available_and_an_added_CVE_are_named()
    {
        var before = Make.Entry() with { NoPatch = true };
        var after = Make.Entry(cves: "CVE-2026-0001");

        Assert.Equal(["fix-available", "cve-added"], ChangeRules.Compare(before, after).Select(change => change.Rule));
    }

    [Fact]
    public void Every_field_that_a_reader_sees_changes_the_fingerprint_and_is_named()
    {
        var entry = Make.Entry(native: "WID-SEC-2026-0001");
        Entry[] changed =
        [
            entry with { Title = "x" }, entry with { Html = "x" }, entry with { Permalink = new Uri("https://x.example/") },
            entry with { Severity = Severity.Low }, entry with { SeverityWord = "x" }, entry with { NoPatch = true }, entry with { Tlp = Tlp.Green },
            entry with { Cves = [new CveId("CVE-2026-0001")] }, entry with { Categories = ["x"] }, entry with { Cvss = new Cvss("3.1", 9.8, null) },
            entry with { Version = "2" }, entry with { Status = DocumentStatus.Interim }, entry with { Exploitation = new Exploitation(ExploitationLevel.Exploited) }, entry with { Withdrawn = "x" },
            entry with { Unverified = "x" }, entry with { History = [new("1", null, "x")] }, entry with { Products = [new(null, "x", null, ProductStatus.Affected)] },
            entry with { Remediations = [new(RemediationKind.Fix, "x", null)] }, entry with { References = [new(new Uri("https://x.example/"), null)] },
        ];

        Assert.All(changed, each => Assert.NotEqual(Fingerprint.Of(entry), Fingerprint.Of(each)));
        Assert.All(changed, each => Assert.NotEmpty(Matcher.Compare(Make.Revision(entry), each)));
    }

    internal static IdentifiedEntry Identify(Entry entry) => IdentityKeys.OfDocument([entry], []).Single();
}
