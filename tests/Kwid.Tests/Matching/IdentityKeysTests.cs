using Kwid.Core.Matching;

namespace Kwid.Tests.Matching;

public class IdentityKeysTests
{
    [Fact]
    public void Of_one_advisory_listed_twice_only_the_newest_counts()
    {
        var update = Make.Entry(native: "WID-SEC-2026-0001", updated: "2026-03-02T08:00Z");
        var first = Make.Entry(native: "WID-SEC-2026-0001", updated: "2026-03-01T08:00Z");

        Assert.Same(update, IdentityKeys.OfDocument([first, update], []).Single().Entry);
    }

    [Fact]
    public void One_guid_for_all_items_of_a_source_tells_nothing_and_none_is_lost()
    {
        var items = IdentityKeys.OfDocument([Make.Entry(guid: "same", title: "One"), Make.Entry(guid: "same", title: "Two"), Make.Entry(guid: "same", title: "Three")], []);

        Assert.Equal(3, items.Select(IdentityKeys.NewId).Distinct().Count());
        Assert.Equal(items.Sum(item => item.Keys.Count), items.SelectMany(item => item.Keys).Distinct().Count());
    }

    [Fact]
    public void A_rebuilt_guid_is_recognised_by_permalink_and_title()
    {
        var before = MatcherTests.Identify(Make.Entry(guid: "old") with { Permalink = new Uri("https://upstream.example/1") });
        var after = MatcherTests.Identify(Make.Entry(guid: "new") with { Permalink = new Uri("https://upstream.example/1") });

        Assert.Single(before.Keys.Intersect(after.Keys));
    }

    [Fact]
    public void Different_titles_at_the_address_of_a_list_stay_different()
    {
        var one = MatcherTests.Identify(Make.Entry(guid: "1", title: "One") with { Permalink = new Uri("https://upstream.example/list") });
        var two = MatcherTests.Identify(Make.Entry(guid: "2", title: "Two") with { Permalink = new Uri("https://upstream.example/list") });

        Assert.Empty(one.Keys.Intersect(two.Keys));
    }
}
