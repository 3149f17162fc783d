using Kwid.Core.Access;
using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Pipeline;

/// <summary>Protected feeds: what a closer label lets through to them, and to them alone.</summary>
public class ProtectedFeedTests
{
    private const string Protected = "05315000/intern";

    [Fact]
    public async Task Green_is_in_the_protected_feed_only()
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Grünes", "WID-SEC-2026-0002", tlp: Tlp.Green));

        Assert.Equal(["Grünes", "Eröffnung"], Titles(shop, Protected));
        Assert.Equal(["Eröffnung"], Titles(shop, "05315000"));
        Assert.Equal(["Eröffnung"], Titles(shop, "alle"));
    }

    [Theory]
    [InlineData(Tlp.Amber)]
    [InlineData(Tlp.AmberStrict)]
    [InlineData(Tlp.Red)]
    public async Task What_is_closer_and_addressed_to_nobody_waits_in_the_store(Tlp label)
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Make.Entry("a", "Geheimes", "WID-SEC-2026-0002", tlp: label));

        Assert.DoesNotContain("Geheimes", Read(shop, Protected), StringComparison.Ordinal);
        Assert.Empty(await shop.Store.ReadPendingAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_capability_issued_later_opens_a_feed_with_the_window_that_its_neighbours_have()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001"));
        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Grünes", "WID-SEC-2026-0002", tlp: Tlp.Green));
        Assert.Null(shop.Shelf.Find(Address(Protected)));

        shop.Holders.Add("05315000");
        await shop.PublishAsync();

        Assert.Equal(["Grünes", "Eröffnung"], Titles(shop, Protected));
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task A_label_that_is_loosened_rings_in_public_and_tells_nothing_of_what_stood_under_the_closer_one()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Nur grün gesagt", "WID-SEC-2026-0002", tlp: Tlp.Green, severity: Severity.Low));

        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Für alle", "WID-SEC-2026-0002", severity: Severity.High, updated: "2026-03-11T08:00Z"));

        Assert.Equal(["Für alle", "Eröffnung"], Titles(shop, "05315000"));
        var text = shop.Feed("05315000.atom");
        Assert.DoesNotContain("Nur grün gesagt", text, StringComparison.Ordinal);
        Assert.DoesNotContain("niedrig", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, shop.Shelf.Window(Protected).Count);
    }

    [Fact]
    public async Task A_label_that_is_tightened_takes_the_text_out_of_public_feeds_and_leaves_it_in_protected_ones()
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001", tlp: Tlp.Green, updated: "2026-03-11T08:00Z"));

        Assert.DoesNotContain("Eröffnung", shop.Feed(), StringComparison.Ordinal);
        Assert.Contains("Eröffnung", Read(shop, Protected), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_protected_feeds_were_told_does_not_keep_background_from_public_ones()
    {
        await using var shop = await OpenAsync();
        var vendor = Make.Source("vendor", deliver: Delivery.Background);
        shop.Sources.Add(vendor);
        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Grünes", "WID-SEC-2026-0002", tlp: Tlp.Green) with { Names = [new AdvisoryId("FG-IR-26-001")] });

        await shop.SayAsync(vendor, Make.Entry("v", "Kritisches des Herstellers", "FG-IR-26-001", "vendor", severity: Severity.Critical));

        Assert.Equal(["Kritisches des Herstellers", "Eröffnung"], Titles(shop, "05315000"));
        Assert.Equal(["Grünes", "Eröffnung"], Titles(shop, Protected));
    }

    [Fact]
    public async Task A_digest_names_to_each_only_what_it_may_know()
    {
        await using var shop = await OpenAsync();
        var entries = Enumerable.Range(10, 30).Select(i => Make.Entry($"f{i}", i % 2 == 0 ? $"Offenes {i}" : $"Grünes {i}", $"WID-SEC-2026-00{i}", severity: Severity.Medium, tlp: i % 2 == 0 ? Tlp.Clear : Tlp.Green)).ToList();
        entries.AddRange(Enumerable.Range(40, 10).Select(i => Make.Entry($"f{i}", $"Offenes {i}", $"WID-SEC-2026-00{i}", severity: Severity.Medium)));
        foreach (var entry in entries) await shop.SayAsync(shop.Sources[0], entry, publish: false);

        await shop.PublishAsync();

        Assert.DoesNotContain("Grünes", shop.Feed(), StringComparison.Ordinal);
        Assert.Contains("Grünes 11", Read(shop, Protected), StringComparison.Ordinal);
        Assert.Contains("Offenes 40", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_tag_is_never_the_public_ones_since_with_a_header_both_stand_at_one_address()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Grünes", "WID-SEC-2026-0003", tlp: Tlp.Green));
        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Weiteres", "WID-SEC-2026-0002"));

        Assert.NotEqual(shop.Document().Tag, shop.Shelf.Find(Address(Protected))!.Tag);
    }

    [Fact]
    public async Task Urgent_ones_are_told_once_by_the_numbers_of_their_editions()
    {
        await using var shop = await OpenAsync();
        var before = shop.Shelf.Last!.Value.Number;
        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Kritisches", "WID-SEC-2026-0002", tlp: Tlp.Green, severity: Severity.Critical));

        Assert.Equal("WID-SEC-2026-0002", Assert.Single(shop.Shelf.Urgent(Protected, (number, _) => number > before)).Revision.Advisory.ToString());
        Assert.Empty(shop.Shelf.Urgent(Protected, (number, _) => number > before + 1));
    }

    [Fact]
    public async Task Its_links_are_relative_since_its_address_is_a_secret()
    {
        await using var shop = await OpenAsync();

        var atom = Read(shop, Protected);

        Assert.Contains("rel=\"self\" type=\"application/atom+xml\" href=\"05315000.atom\"", atom, StringComparison.Ordinal);
        Assert.Contains("<id>tag:kwid.test,2026:05315000/intern</id>", atom, StringComparison.Ordinal);
        Assert.Contains("<id>tag:kwid.test,2026:05315000/intern/WID-SEC-2026-0001</id>", atom, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_that_is_tightened_rings_where_it_may_still_be_read()
    {
        await using var shop = await OpenAsync();

        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001", tlp: Tlp.Green, updated: "2026-03-11T08:00Z"));

        Assert.Equal(2, shop.Shelf.Window(Protected).Count);
        Assert.Contains("jetzt TLP:GREEN", Read(shop, Protected), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_urgent_and_new_to_the_public_does_not_wait_because_it_rang_elsewhere()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Kritisches", "WID-SEC-2026-0002", tlp: Tlp.Green, severity: Severity.Critical), publish: false);
        await shop.PublishAsync();

        await shop.SayAsync(shop.Sources[0], Make.Entry("g", "Kritisches", "WID-SEC-2026-0002", severity: Severity.Critical, updated: "2026-03-11T08:00Z"), publish: false);
        await shop.PublishAsync();

        Assert.Contains("Kritisches", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ended_capability_says_so_for_90_days_and_one_that_will_end_30_days_before()
    {
        await using var shop = await OpenAsync();
        var now = shop.Clock.GetUtcNow();
        var (issued, _) = new CapabilityBook().Make("05315000", "IT-Leitung", now, now.AddDays(40));
        ShelvedDocument Find() => shop.Shelf.Find(Address(Protected), issued, null)!;
        var fresh = Text(Find());

        shop.Clock.Advance(TimeSpan.FromDays(11));
        var (announced, tag) = (Text(Find()), Find().Tag);
        shop.Clock.Advance(TimeSpan.FromDays(30));
        var ended = Find();
        shop.Clock.Advance(TimeSpan.FromDays(90));

        Assert.DoesNotContain("Diese Adresse", fresh, StringComparison.Ordinal);
        Assert.Contains("Diese Adresse endet am", announced, StringComparison.Ordinal);
        Assert.Contains("Eröffnung", announced, StringComparison.Ordinal);
        Assert.NotEqual(shop.Document().Tag, tag);
        Assert.Contains("weil ihre Zeit abgelaufen ist", Text(ended), StringComparison.Ordinal);
        Assert.DoesNotContain("Eröffnung", Text(ended), StringComparison.Ordinal);
        Assert.False(ended.IsGone);
        Assert.True(Find().IsGone);
    }

    private static async Task<Workshop> OpenAsync()
    {
        var shop = await Workshop.OpenAsync();
        shop.Holders.Add("05315000");
        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001"));
        return shop;
    }

    private static FeedAddress Address(string feed) => new(feed, FeedFormat.Atom, null);

    private static string Read(Workshop shop, string feed) => Text(shop.Shelf.Find(Address(feed))!);

    private static string Text(ShelvedDocument document) => string.Concat(document.Plain().Select(piece => System.Text.Encoding.UTF8.GetString(piece.Span)));

    private static IEnumerable<string> Titles(Workshop shop, string feed) => shop.Shelf.Window(feed).Select(each => each.Shown.Entry.Title);
}
