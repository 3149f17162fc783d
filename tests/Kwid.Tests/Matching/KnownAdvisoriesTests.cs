using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

public class KnownAdvisoriesTests
{
    private readonly KnownAdvisories _known = new();

    [Fact]
    public void Different_native_ids_are_never_found_together()
    {
        Learn("A", "n:A", "g:rss:1");
        Learn("B", "n:B", "p:rss:2");

        Assert.Equal(["B"], Found("g:rss:1", "n:B"));
        Assert.Equal(["A"], Found("g:rss:1", "p:rss:2"));
        Assert.Empty(Found("g:rss:1", "n:C"));
    }

    [Fact]
    public void Keys_that_name_two_without_native_ids_find_both_the_stronger_first()
    {
        Learn("rss.1", "g:rss:1");
        Learn("rss.2", "p:rss:2");

        Assert.Equal(["rss.1", "rss.2"], Found("g:rss:1", "p:rss:2"));
    }

    [Fact]
    public void An_alias_leads_to_the_one_that_lives_on()
    {
        Learn("rss.1", "g:rss:1");
        Learn("rss.2", "p:rss:2");

        _known.Learn([new Advisory(new AdvisoryId("rss.2"), new SourceId("rss"), 1, "f") { AliasOf = new AdvisoryId("rss.1") }], [new("p:rss:2", new AdvisoryId("rss.1"))]);

        Assert.Equal(["rss.1"], Found("p:rss:2"));
        Assert.Equal("rss.1", _known.Find(new AdvisoryId("rss.2"))!.Id.ToString());
    }

    [Fact]
    public void Who_names_a_CVE_is_known_as_of_its_newest_revision()
    {
        _known.Learn([Naming("a", "CVE-2026-0001"), Naming("b", "CVE-2026-0001", "CVE-2026-0002")], []);
        _known.Learn([Naming("a", "CVE-2026-0002")], []);

        Assert.Equal(["b"], _known.Naming(new CveId("CVE-2026-0001")).Select(id => id.ToString()));
        Assert.Equal(["a", "b"], _known.Naming(new CveId("CVE-2026-0002")).Select(id => id.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(_known.Naming(new CveId("CVE-2026-0003")));
    }

    [Fact]
    public void What_is_only_listed_does_not_count_as_told()
    {
        _known.Learn([new Advisory(new AdvisoryId("a"), new SourceId("rss"), 0, "")], [new("n:a", new AdvisoryId("a"))]);

        Assert.Equal(0, _known.Count);
        Assert.Equal(["a"], Found("n:a"));
    }

    private static Advisory Naming(string id, params string[] cves) =>
        new(new AdvisoryId(id), new SourceId("rss"), 1, "f") { Cves = [.. cves.Select(cve => new CveId(cve))] };

    private void Learn(string id, params string[] keys) =>
        _known.Learn([new Advisory(new AdvisoryId(id), new SourceId("rss"), 1, "f")], keys.Select(key => KeyValuePair.Create(key, new AdvisoryId(id))));

    private IEnumerable<string> Found(params string[] keys) => _known.Find(keys).Select(advisory => advisory.Id.ToString());
}
