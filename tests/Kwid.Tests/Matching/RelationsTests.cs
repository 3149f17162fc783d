using CsCheck;
using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

public class RelationsTests
{
    [Fact]
    public void An_advisory_that_names_another_is_related_to_it_both_ways_by_that_reference()
    {
        var relations = Of(Advisory("WID-SEC-2026-0001", names: ["FG-IR-26-001"]), Advisory("FG-IR-26-001"));

        Assert.Equal([new Relation(new AdvisoryId("FG-IR-26-001"), "reference FG-IR-26-001")], relations.Of(new AdvisoryId("WID-SEC-2026-0001")));
        Assert.Equal([new Relation(new AdvisoryId("WID-SEC-2026-0001"), "reference FG-IR-26-001")], relations.Of(new AdvisoryId("FG-IR-26-001")));
    }

    [Theory]
    [InlineData("2026-01-01T00:00Z", "2026-04-01T00:00Z", true)]
    [InlineData("2026-01-01T00:00Z", "2026-04-02T00:00Z", false)]
    [InlineData("2026-01-01T00:00Z", null, true)]
    public void Equal_cves_relate_within_90_days_of_each_other(string one, string? other, bool related)
    {
        var relations = Of(Advisory("A-1", one, ["CVE-2026-0001", "CVE-2026-0002"]), Advisory("A-2", other, ["CVE-2026-0002", "CVE-2026-0001"]));

        Assert.Equal(related ? ["cves CVE-2026-0001 CVE-2026-0002"] : [], relations.Of(new AdvisoryId("A-1")).Select(relation => relation.Key));
    }

    [Fact]
    public void Overlapping_sets_sets_of_more_than_20_and_no_cves_at_all_prove_nothing()
    {
        string[] many = [.. Enumerable.Range(1, 21).Select(number => $"CVE-2026-{number:0000}")];
        var relations = Of(Advisory("A-1", cves: ["CVE-2026-0001"]), Advisory("A-2", cves: ["CVE-2026-0001", "CVE-2026-0002"]), Advisory("K-1", cves: many), Advisory("K-2", cves: many), Advisory("N-1"), Advisory("N-2"));

        Assert.All(["A-1", "A-2", "K-1", "K-2", "N-1", "N-2"], id => Assert.Empty(relations.Of(new AdvisoryId(id))));
    }

    [Fact]
    public void What_an_advisory_no_longer_says_relates_it_no_longer()
    {
        var relations = Of(Advisory("A-1", cves: ["CVE-2026-0001"], names: ["A-3"]), Advisory("A-2", cves: ["CVE-2026-0001"]), Advisory("A-3"));

        relations.Learn(Advisory("A-1", cves: ["CVE-2026-0009"]));

        Assert.All(["A-1", "A-2", "A-3"], id => Assert.Empty(relations.Of(new AdvisoryId(id))));
    }

    [Fact]
    public void It_is_told_by_a_delivered_advisory_that_references_it_and_by_no_other()
    {
        var relations = Of(Advisory("WID-1", names: ["V-1"]), Advisory("WID-2", names: ["V-1"]), Advisory("V-1", cves: ["CVE-2026-0001"]), Advisory("V-2", cves: ["CVE-2026-0001"]));

        Assert.Equal(new AdvisoryId("WID-2"), relations.ToldBy(new AdvisoryId("V-1"), id => id.ToString() == "WID-2"));
        Assert.Null(relations.ToldBy(new AdvisoryId("V-1"), id => id.ToString() == "V-2"));
        Assert.Null(relations.ToldBy(new AdvisoryId("WID-1"), _ => true));
    }

    [Fact]
    public void A_reference_to_an_advisory_that_turned_out_to_be_an_older_one_leads_to_that()
    {
        var relations = Of(Advisory("WID-1", names: ["V-2"]), Advisory("V-1"), Advisory("V-2") with { AliasOf = new AdvisoryId("V-1") });

        Assert.Equal([new Relation(new AdvisoryId("V-1"), "reference V-2")], relations.Of(new AdvisoryId("WID-1")));
        Assert.Equal([new Relation(new AdvisoryId("WID-1"), "reference V-2")], relations.Of(new AdvisoryId("V-1")));
        Assert.Empty(relations.Of(new AdvisoryId("V-2")));
        Assert.Equal(new AdvisoryId("WID-1"), relations.ToldBy(new AdvisoryId("V-1"), _ => true));
    }

    [Fact]
    public void Relations_hold_both_ways_are_bounded_and_depend_on_no_order()
    {
        var id = Gen.Int[1, 60].Select(number => $"A-{number}");
        var advisory = Gen.Select(id, Gen.Int[0, 200], Gen.Int[1, 4].Select(number => $"CVE-2026-{number:0000}").Array[0, 2], id.Array[0, 5]).Select((own, day, cves, names) =>
            Advisory(own, Make.Instant("2026-01-01T00:00Z").AddDays(day).ToString("O"), [.. cves.Distinct()], [.. names.Distinct()]));

        Gen.Select(advisory.Array[0, 120], Gen.Int[0, 1_000]).Sample((drawn, seed) =>
        {
            Advisory[] all = [.. drawn.DistinctBy(one => one.Id)];
            var shuffled = all.ToArray();
            new Random(seed).Shuffle(shuffled);
            // What was learned before of the same advisories must leave no trace.
            var (forth, other) = (Of(all), Of([.. drawn, .. shuffled]));
            foreach (var one in all)
            {
                var relations = forth.Of(one.Id);
                Assert.Equal(relations, other.Of(one.Id));
                Assert.True(relations.Count <= Relations.MostRelations);
                Assert.DoesNotContain(relations, relation => relation.Other == one.Id);
                Assert.All(relations, relation => Assert.Contains(new Relation(one.Id, relation.Key), forth.Of(relation.Other)));
            }
        }, iter: 200);
    }

    private static Relations Of(params Advisory[] advisories)
    {
        var relations = new Relations();
        foreach (var advisory in advisories) relations.Learn(advisory);
        return relations;
    }

    private static Advisory Advisory(string id, string? since = null, string[]? cves = null, string[]? names = null) => new(new AdvisoryId(id), new SourceId("bsi-wid"), 1, "")
    {
        Cves = [.. (cves ?? []).Select(cve => new CveId(cve)).Order()],
        Names = [.. (names ?? []).Select(name => new AdvisoryId(name))],
        Since = since is null ? null : Make.Instant(since),
    };
}
