using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

/// <summary>What is addressed to single recipients reaches these, through the ways that its label allows, and nobody else.</summary>
public class AddressedFeedTests
{
    [Theory]
    [InlineData(Tlp.Clear, true, true)]
    [InlineData(Tlp.Green, false, true)]
    [InlineData(Tlp.Amber, false, true)]
    [InlineData(Tlp.AmberStrict, false, true)]
    [InlineData(Tlp.Red, false, false)]
    public async Task It_leaves_through_what_its_label_allows(Tlp label, bool inPublic, bool inProtected)
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Notice("Nur für Köln", label, "05315000"));

        Assert.Equal(inPublic, shop.Feed("05315000.atom").Contains("Nur für Köln", StringComparison.Ordinal));
        Assert.Equal(inProtected, shop.Read("05315000/intern").Contains("Nur für Köln", StringComparison.Ordinal));
        foreach (var other in new[] { "05314000", "05314000/intern", "alle" }) Assert.DoesNotContain("Nur für Köln", shop.Read(other), StringComparison.Ordinal);
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task The_beginning_of_official_keys_addresses_all_of_them()
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Notice("Für zwei", Tlp.Amber, "053"));

        Assert.Contains("Für zwei", shop.Read("05314000/intern"), StringComparison.Ordinal);
        Assert.Contains("Für zwei", shop.Read("05315000/intern"), StringComparison.Ordinal);
        Assert.DoesNotContain("Für zwei", shop.Read("stadtwerke/intern"), StringComparison.Ordinal);
        Assert.Contains("an Sie gerichtet", shop.Read("05315000/intern"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capability_issued_later_shows_what_was_addressed_before()
    {
        await using var shop = await OpenAsync(holders: []);
        await shop.SayAsync(shop.Sources[0], Notice("Nur für Köln", Tlp.Amber, "05315000"));

        shop.Holders.Add("05315000");
        await shop.PublishAsync();

        Assert.Contains("Nur für Köln", shop.Read("05315000/intern"), StringComparison.Ordinal);
        Assert.Contains("Eröffnung", shop.Read("05315000/intern"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_rings_for_who_had_it_and_for_who_is_addressed_now_and_is_taken_from_who_is_not()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], Notice("Erste Fassung", Tlp.Amber, "05315000", "05314000"));

        await shop.ReviseAsync(Stored(2, Notice("Zweite Fassung", Tlp.Amber, "05315000", "stadtwerke")), new Change("recipients", "recipients", null, null), new Change("severity", "severity-up", "low", "high"));

        Assert.Contains("Zweite Fassung", shop.Read("05315000/intern"), StringComparison.Ordinal);
        Assert.Contains("Zweite Fassung", shop.Read("stadtwerke/intern"), StringComparison.Ordinal);
        var left = shop.Read("05314000/intern");
        Assert.DoesNotContain("Fassung<", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Erste", left, StringComparison.Ordinal);
        Assert.Contains("[ZURÜCKGEZOGEN]", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Erste", shop.Read("stadtwerke/intern"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_loosened_to_everyone_rings_for_all_and_tells_nothing_of_before()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], Notice("Vertraulich", Tlp.Amber, "05315000"));

        await shop.ReviseAsync(Stored(2, Notice("Für alle", Tlp.Clear)), new Change("recipients", "recipients", null, null), new Change("tlp", "tlp-loosened", "AMBER", "CLEAR"));

        foreach (var feed in new[] { "05315000", "05314000", "alle", "05314000/intern" })
        {
            Assert.Contains("Für alle", shop.Read(feed), StringComparison.Ordinal);
            Assert.DoesNotContain("Vertraulich", shop.Read(feed), StringComparison.Ordinal);
        }

        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task A_withdrawal_reaches_who_was_told()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], Notice("Nur für Köln", Tlp.Amber, "05315000"));

        await shop.ReviseAsync(Stored(2, Notice("Nur für Köln", Tlp.Amber, "05315000") with { Withdrawn = "Fehlalarm" }), new Change("withdrawn", "withdrawn", null, "Fehlalarm"));

        Assert.Contains("[ZURÜCKGEZOGEN]", shop.Read("05315000/intern"), StringComparison.Ordinal);
        Assert.DoesNotContain("ZURÜCKGEZOGEN", shop.Read("05314000/intern"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_of_others_keep_their_validators()
    {
        await using var shop = await OpenAsync();
        var (tag, own) = (shop.Document("05314000.atom").Tag, shop.Document("05315000.atom").Tag);

        await shop.SayAsync(shop.Sources[0], Notice("Nur für Köln", Tlp.Amber, "05315000"));

        Assert.Equal(tag, shop.Document("05314000.atom").Tag);
        Assert.Equal(own, shop.Document("05315000.atom").Tag);
    }

    [Fact]
    public async Task What_is_addressed_to_nobody_that_there_is_waits()
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Notice("Für niemanden", Tlp.Amber, "09162000"));

        Assert.Empty(shop.Shelf.LastPublications(new AdvisoryId("KWID-1")));
    }

    private static Entry Notice(string title, Tlp label, params string[] recipients) => Make.Entry("n", title, "KWID-1", severity: Severity.High, tlp: label) with { Recipients = recipients };

    private static Revision Stored(int number, Entry entry) => new(new RevisionKey(new AdvisoryId("KWID-1"), number), Make.Instant("2026-03-11T08:00Z"), entry, []);

    private static async Task<Workshop> OpenAsync(IReadOnlyList<string>? holders = null)
    {
        var shop = await Workshop.OpenAsync();
        shop.Recipients.Add(new Recipient(new RecipientKey("05314000"), "Bonn", null, Subscription.Default));
        shop.Recipients.Add(new Recipient(new RecipientKey("stadtwerke"), "Stadtwerke", null, Subscription.Default));
        shop.Holders.UnionWith(holders ?? ["05315000", "05314000", "stadtwerke"]);
        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001"));
        return shop;
    }
}
