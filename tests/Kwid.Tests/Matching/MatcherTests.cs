using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

public class MatcherTests
{
    [Fact]
    public void An_unknown_entry_is_new_under_the_publishers_id()
    {
        var item = Identify(Make.Entry(native: "WID-SEC-2026-0001"));

        var decision = Matcher.Decide(item, known: null, mayTell: true, last: null);

        Assert.Equal(new MatchDecision.New(new AdvisoryId("WID-SEC-2026-0001")), decision);
    }

    [Fact]
    public void Without_a_native_id_the_advisory_is_named_after_source_and_guid()
    {
        var first = (MatchDecision.New)Matcher.Decide(Identify(Make.Entry(guid: "urn:1")), null, mayTell: true, null);
        var again = (MatchDecision.New)Matcher.Decide(Identify(Make.Entry(guid: "urn:1", title: "Other")), null, mayTell: true, null);
        var other = (MatchDecision.New)Matcher.Decide(Identify(Make.Entry(guid: "urn:2")), null, mayTell: true, null);

        Assert.StartsWith("bsi-wid.", first.Id.ToString(), StringComparison.Ordinal);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void An_unchanged_entry_is_the_same()
    {
        var entry = Make.Entry(native: "WID-SEC-2026-0001");

        var decision = Matcher.Decide(Identify(entry), Known(entry), mayTell: true, Make.Revision(entry));

        Assert.IsType<MatchDecision.Same>(decision);
    }

    [Fact]
    public void A_later_date_of_a_publisher_with_ids_is_a_revision()
    {
        var entry = Make.Entry(native: "WID-SEC-2026-0001");
        var later = entry with { Updated = Make.Instant("2026-03-02T08:00Z") };

        var decision = Matcher.Decide(Identify(later), Known(entry), mayTell: true, Make.Revision(entry));

        var revised = Assert.IsType<MatchDecision.Revised>(decision);
        Assert.Equal((2, "updated"), (revised.Number, revised.Changes.Single().Rule));
    }

    [Fact]
    public void A_new_date_alone_says_nothing_where_feeds_are_rebuilt_at_every_poll()
    {
        var entry = Make.Entry(guid: "urn:1");
        var rebuilt = entry with { Updated = Make.Instant("2026-03-02T08:00Z") };

        Assert.IsType<MatchDecision.Same>(Matcher.Decide(Identify(rebuilt), Known(entry), mayTell: true, Make.Revision(entry)));
    }

    [Fact]
    public void Another_source_with_the_same_native_id_adds_a_key_not_a_revision()
    {
        var entry = Make.Entry(native: "WID-SEC-2026-0001");
        var other = Make.Entry(guid: "https://other.example/", native: "WID-SEC-2026-0001", source: "other", text: "In other words.");

        Assert.IsType<MatchDecision.Same>(Matcher.Decide(Identify(other), Known(entry), mayTell: false, null));
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
    public void Every_field_that_a_reader_sees_changes_the_fingerprint()
    {
        var entry = Make.Entry(native: "WID-SEC-2026-0001");
        Entry[] changed =
        [
            entry with { Title = "x" }, entry with { Html = "x" }, entry with { Permalink = new Uri("https://x.example/") },
            entry with { Severity = Severity.Low }, entry with { SeverityWord = "x" }, entry with { NoPatch = true }, entry with { Tlp = Tlp.Green },
            entry with { Cves = [new CveId("CVE-2026-0001")] }, entry with { Categories = ["x"] }, entry with { Cvss = new Cvss("3.1", 9.8, null) },
        ];

        Assert.All(changed, each => Assert.NotEqual(Fingerprint.Of(entry), Fingerprint.Of(each)));
    }

    internal static IdentifiedEntry Identify(Entry entry) => IdentityKeys.OfDocument([entry], []).Single();

    private static Advisory Known(Entry entry) => new(IdentityKeys.NewId(Identify(entry)), entry.Source, 1, Fingerprint.Of(entry));
}
