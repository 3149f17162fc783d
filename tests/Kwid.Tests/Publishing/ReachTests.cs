using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Publishing;

/// <summary>Köln has a capability, Bonn is served by a provider that has one, Leverkusen has nothing.</summary>
public class ReachTests
{
    private static readonly Recipient[] All = [new(new RecipientKey("05315000"), "Köln", null, Subscription.Default), new(new RecipientKey("05314000"), "Bonn", null, Subscription.Default), new(new RecipientKey("05316000"), "Leverkusen", null, Subscription.Default)];
    private static readonly Provider Served = new("kdn", "Zweckverband", [new RecipientKey("05314000")]);

    [Theory]
    [InlineData(Tlp.Clear, "", "Protected Public Public")]
    [InlineData(Tlp.Clear, "053", "Protected Public Public")]
    [InlineData(Tlp.Green, "", "Protected Provider None")]
    [InlineData(Tlp.Green, "053", "Protected Provider None")]
    [InlineData(Tlp.Amber, "053", "Protected Provider None")]
    [InlineData(Tlp.Amber, "", "None None None")]
    [InlineData(Tlp.AmberStrict, "053", "Protected None None")]
    [InlineData(Tlp.Red, "053", "None None None")]
    [InlineData(Tlp.Amber, "05316000", "None None None")]
    public void The_way_is_the_most_direct_that_the_rule_of_disclosure_allows(Tlp label, string recipients, string ways)
    {
        var entry = Make.Entry(tlp: label) with { Recipients = recipients.Length == 0 ? [] : [recipients] };

        Assert.Equal(ways, string.Join(' ', All.Select(recipient => Reach(isClosed: false).Find(entry, recipient).Way)));
    }

    [Fact]
    public void Closed_to_all_nothing_goes_by_the_public_feed() =>
        Assert.Equal([WayOut.Protected, WayOut.Provider, WayOut.None], All.Select(recipient => Reach(isClosed: true).Find(Make.Entry(), recipient).Way));

    [Fact]
    public void A_merged_recipient_is_reached_by_what_its_successor_is_told_alone()
    {
        var merged = new Recipient(new RecipientKey("05314000"), "Altstadt", null, Subscription.Default) { Successor = new RecipientKey("05315000") };
        var reach = new Reach(new HashSet<string> { "05314000" }, [], isClosed: false);

        Assert.Equal(WayOut.None, reach.Find(Make.Entry(tlp: Tlp.Amber) with { Recipients = ["05314000"] }, merged).Way);
        Assert.Equal(WayOut.Protected, reach.Find(Make.Entry(tlp: Tlp.Amber) with { Recipients = ["0531"] }, merged).Way);
    }

    private static Reach Reach(bool isClosed) => new(new HashSet<string> { "05315000", FeedAddress.ProviderFeed("kdn") }, [Served], isClosed);
}
