using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Pipeline;

/// <summary>A provider's feeds: what concerns those whom it serves, each entry once, naming them.</summary>
public class ProviderFeedTests
{
    private const string Group = "anbieter/kdn";
    private const string Inner = "anbieter/kdn/intern";

    [Fact]
    public async Task What_all_get_stands_once_and_says_so()
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Make.Entry("e", "Für alle", "WID-SEC-2026-0002"));

        Assert.Equal(1, Count(shop.Read(Group), "Für alle</title>"));
        Assert.Contains("Betrifft alle 2.", shop.Read(Group), StringComparison.Ordinal);
        Assert.Contains("tag:kwid.test,2026:anbieter/kdn/WID-SEC-2026-0002<", shop.Read(Group), StringComparison.Ordinal);
        Assert.DoesNotContain("Betrifft alle", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amber_to_one_of_them_is_in_the_protected_feed_and_names_it()
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Notice(Tlp.Amber, "05315000", "05313000"));

        Assert.Equal(1, Count(shop.Read(Inner), "Vertrauliches</title>"));
        Assert.Contains("Betrifft Köln.", shop.Read(Inner), StringComparison.Ordinal);
        Assert.DoesNotContain("Leverkusen", shop.Read(Inner), StringComparison.Ordinal);
        Assert.DoesNotContain("Vertrauliches", shop.Read(Group), StringComparison.Ordinal);
        await shop.AssertRebuiltAsync();
    }

    [Theory]
    [InlineData(Tlp.AmberStrict, "05315000")]
    [InlineData(Tlp.Red, "05315000")]
    [InlineData(Tlp.Amber, "05313000")]
    public async Task Strict_and_what_concerns_others_never(Tlp label, string addressed)
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Notice(label, addressed));

        Assert.DoesNotContain("Vertrauliches", shop.Read(Inner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_leaves_what_was_addressed_to_it_goes_at_once_and_the_new_provider_has_it()
    {
        await using var shop = await OpenAsync();
        shop.Providers.Add(new Provider("citeq", "citeq", [new RecipientKey("05313000")]));
        shop.Holders.Add("anbieter/citeq");
        await shop.SayAsync(shop.Sources[0], Notice(Tlp.Amber, "05315000"));
        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Grünes", "WID-SEC-2026-0009", tlp: Tlp.Green));

        shop.Providers[0] = shop.Providers[0] with { Recipients = [new RecipientKey("05314000")] };
        shop.Providers[1] = shop.Providers[1] with { Recipients = [new RecipientKey("05313000"), new RecipientKey("05315000")] };
        await shop.PublishAsync();

        Assert.DoesNotContain("Vertrauliches", shop.Read(Inner), StringComparison.Ordinal);
        Assert.Contains("Grünes", shop.Read(Inner), StringComparison.Ordinal);
        Assert.Equal(1, Count(shop.Read("anbieter/citeq/intern"), "Vertrauliches</title>"));
        Assert.Contains("inzwischen betreuen", shop.Read("anbieter/citeq/intern"), StringComparison.Ordinal);
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task One_that_comes_back_finds_its_entry_again_under_its_id()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], Notice(Tlp.Amber, "05315000"));
        var before = shop.Providers[0];

        shop.Providers[0] = before with { Recipients = [new RecipientKey("05314000")] };
        await shop.PublishAsync();
        shop.Providers[0] = before;
        await shop.PublishAsync();

        Assert.Equal(1, Count(shop.Read(Inner), "anbieter/kdn/intern/KWID-1<"));
        Assert.Contains("Vertrauliches", shop.Read(Inner), StringComparison.Ordinal);
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task When_one_of_two_leaves_only_the_other_is_named()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], Notice(Tlp.Amber, "05315000", "05314000"));
        Assert.Contains("Betrifft alle 2.", shop.Read(Inner), StringComparison.Ordinal);

        shop.Providers[0] = shop.Providers[0] with { Recipients = [new RecipientKey("05314000")] };
        await shop.PublishAsync();

        Assert.Contains("Betrifft Bonn.", shop.Read(Inner), StringComparison.Ordinal);
        Assert.DoesNotContain("Köln", shop.Read(Inner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_new_sees_what_all_saw_and_gets_what_comes()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001"));
        shop.Providers.Add(new Provider("kdn", "KDN", [new RecipientKey("05315000")]));
        await shop.PublishAsync();

        await shop.SayAsync(shop.Sources[0], Make.Entry("e", "Danach", "WID-SEC-2026-0002"));

        Assert.Equal(["Danach", "Eröffnung"], shop.Shelf.Window(Group).Select(each => each.Shown.Entry.Title));
        Assert.Contains("Betrifft Köln.", shop.Read(Group), StringComparison.Ordinal);
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task Its_texts_are_rendered_once_for_it_and_all_others()
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Make.Entry("e", "Für alle", "WID-SEC-2026-0002"));

        var pieces = shop.Document().Plain();
        var shared = shop.Shelf.Find(new FeedAddress(Group, FeedFormat.Atom, null))!.Plain().Count(piece => pieces.Any(other => piece.Equals(other) && piece.Length > 0));
        Assert.True(shared >= 4);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static Entry Notice(Tlp label, params string[] recipients) => Make.Entry("n", "Vertrauliches", "KWID-1", severity: Severity.High, tlp: label) with { Recipients = recipients };

    private static async Task<Workshop> OpenAsync()
    {
        var shop = await Workshop.OpenAsync();
        shop.Recipients.Add(new Recipient(new RecipientKey("05314000"), "Bonn", null, Subscription.Default));
        shop.Recipients.Add(new Recipient(new RecipientKey("05313000"), "Leverkusen", null, Subscription.Default));
        shop.Providers.Add(new Provider("kdn", "KDN", [new RecipientKey("05314000"), new RecipientKey("05315000")]));
        shop.Holders.UnionWith([Group, "05315000"]);
        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001"));
        return shop;
    }
}
