using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

/// <summary>Two advisories that turn out to be one: what both published follows the one that lives on, and nobody is told twice.</summary>
public class AliasTests
{
    private const string Native = "WID-SEC-2026-0001";
    private const string Page = "https://page.example/a";

    private static readonly Source Csaf = Make.Source("csaf");

    [Fact]
    public async Task A_closer_label_takes_the_words_of_both_back()
    {
        await using var shop = await JoinedAsync(Delivery.Always);
        Assert.Equal(2, shop.Entries("Libfoo").Count);

        await shop.SayAsync(Csaf, ByCsaf with { Tlp = Tlp.Amber });

        Assert.Empty(shop.Entries("Libfoo"));
        Assert.Equal(2, shop.Entries("Kennzeichnung (TLP)").Count);
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task What_is_taken_back_says_so_wherever_it_stands_and_by_one_new_entry()
    {
        await using var shop = await JoinedAsync(Delivery.Background);
        Assert.Equal("Libfoo: von CSAF", Workshop.TitleOf(Assert.Single(shop.Entries("Libfoo")))[^16..]);

        await shop.SayAsync(Csaf, ByCsaf with { Withdrawn = "Messfehler" });

        Assert.Contains("Messfehler", Assert.Single(shop.Entries("Libfoo")).Value, StringComparison.Ordinal);
        var alias = Assert.Single(shop.Entries("unter einer anderen Kennung"));
        Assert.StartsWith("[ZURÜCKGEZOGEN]", Workshop.TitleOf(alias), StringComparison.Ordinal);
        Assert.DoesNotContain("TLP", Workshop.BodyOf(alias), StringComparison.Ordinal);
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task Who_was_told_under_the_other_id_hears_later_news_only()
    {
        await using var shop = await JoinedAsync(Delivery.Background);
        Assert.Single(shop.Entries("Libfoo"));

        await shop.SayAsync(shop.Sources[0], Make.Entry(Page, "Libfoo: von der Seite", Native, updated: "2026-03-10T13:00Z") with { Text = "Anders gesagt." });
        Assert.Single(shop.Entries("Libfoo"));
        await shop.SayAsync(Csaf, ByCsaf with { Severity = Severity.Critical, Updated = Make.Instant("2026-03-11T13:00Z") });

        Assert.Equal(2, shop.Entries("Libfoo").Count);
        Assert.StartsWith("[KRITISCH", Workshop.TitleOf(shop.Entries("Libfoo")[0]), StringComparison.Ordinal);
    }

    private static Entry ByCsaf => Make.Entry("csaf", "Libfoo: von CSAF", Native, "csaf") with { IsStructured = true, IsLabelled = true };

    /// <summary>A page is told first, then the same matter by CSAF; then the page names the id that proves it. The older lives on.</summary>
    private static async Task<Workshop> JoinedAsync(Delivery page)
    {
        var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Vendor([("opening", "Opening", 1)]));
        shop.Sources[0] = shop.Sources[0] with { Deliver = page };
        shop.Sources.Add(Csaf);
        await shop.SayAsync(shop.Sources[0], Make.Entry(Page, "Libfoo: von der Seite"));
        await shop.SayAsync(Csaf, ByCsaf);
        await shop.SayAsync(shop.Sources[0], Make.Entry(Page, "Libfoo: von der Seite", Native, updated: "2026-03-10T12:00Z"));
        return shop;
    }
}
