using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

/// <summary>Design 4, withdrawals: the publisher or the operator takes an advisory back by words.</summary>
public class TakenBackTests
{
    private static readonly Change Withdrawn = new("withdrawn", "withdrawn", null, "Irrtum.");

    [Fact]
    public async Task It_rings_at_once_and_earlier_entries_in_the_window_say_so_too()
    {
        await using var shop = await RungAsync();

        await shop.ReviseAsync(Told(2) with { Entry = Told(2).Entry with { Withdrawn = "Irrtum." } }, Withdrawn);

        var entries = shop.Entries("Libfoo");
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry =>
        {
            Assert.Equal("[ZURÜCKGEZOGEN] Libfoo: Datenabfluss", Workshop.TitleOf(entry));
            Assert.Contains("ZURÜCKGEZOGEN: Libfoo: Schwachstelle ermöglicht Datenabfluss – Fehlalarm, Sie müssen nichts tun. Grund: Irrtum.", Workshop.BodyOf(entry), StringComparison.Ordinal);
            Assert.DoesNotContain("Prüfen Sie", Workshop.BodyOf(entry), StringComparison.Ordinal);
        });
        Assert.Equal(["tag:kwid.test,2026:05315000/WID-SEC-2026-0007/r2", "tag:kwid.test,2026:05315000/WID-SEC-2026-0007"], entries.Select(Workshop.IdOf));
    }

    [Fact]
    public async Task Who_was_never_told_of_it_is_not_told_that_it_was_nothing()
    {
        await using var shop = await RungAsync();
        var unknown = Make.Entry(title: "Nie gehört", native: "WID-SEC-2026-0099") with { Withdrawn = "Irrtum." };

        await shop.ReviseAsync(Make.Revision(unknown, "WID-SEC-2026-0099"));

        Assert.Empty(shop.Entries("Nie gehört"));
        Assert.Empty(await shop.Store.ReadPendingAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_stands_again_rings_again()
    {
        await using var shop = await RungAsync();
        await shop.ReviseAsync(Told(2) with { Entry = Told(2).Entry with { Withdrawn = "Irrtum." } }, Withdrawn);
        shop.Clock.Advance(TimeSpan.FromHours(4));

        await shop.ReviseAsync(Told(3), new Change("withdrawn", "reinstated", "Irrtum.", null));

        Assert.Equal("[HOCH] Libfoo: Datenabfluss", Workshop.TitleOf(shop.Entries("Libfoo")[0]));
        Assert.EndsWith("/r3", Workshop.IdOf(shop.Entries("Libfoo")[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Further_news_of_what_is_taken_back_are_silent()
    {
        await using var shop = await RungAsync();
        await shop.ReviseAsync(Told(2) with { Entry = Told(2).Entry with { Withdrawn = "Irrtum." } }, Withdrawn);
        shop.Clock.Advance(TimeSpan.FromHours(4));

        await shop.ReviseAsync(Told(3) with { Entry = Told(3).Entry with { Withdrawn = "Irrtum.", Severity = Severity.Critical } }, new Change("severity", "severity-up", "hoch", "kritisch"));

        Assert.Equal(2, shop.Entries("Libfoo").Count);
    }

    [Fact]
    public async Task The_digest_that_told_it_says_so_in_place()
    {
        await using var shop = await RungAsync();
        var items = Enumerable.Range(100, 30).Select(number => (number, "mittel", 9)).ToArray();
        await shop.TellAsync(ScriptedFetcher.Wid(items));
        var member = (await shop.Store.FindRevisionAsync(new RevisionKey(new AdvisoryId("WID-SEC-2026-0107"), 1), TestContext.Current.CancellationToken))!;

        await shop.ReviseAsync(member with { Key = member.Key with { Number = 2 }, Entry = member.Entry with { Withdrawn = "Irrtum." } }, Withdrawn);

        Assert.Equal("[ZURÜCKGEZOGEN] Libfoo 107: Schwachstelle", Workshop.TitleOf(shop.Entries()[0]));
        Assert.Contains("[ZURÜCKGEZOGEN] Libfoo 107: Schwachstelle", Workshop.BodyOf(shop.Entries()[1]), StringComparison.Ordinal);
        var feed = shop.Feed();
        await shop.AbandonAsync();
        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal(feed, rebuilt.Feed());
    }

    private static async Task<Workshop> RungAsync()
    {
        var shop = await Workshop.OpenAsync();
        await shop.ReviseAsync(Make.Revision(Make.Entry(title: "Altlast", native: "WID-SEC-2026-0001"), "WID-SEC-2026-0001"));
        await shop.ReviseAsync(Told(1));
        return shop;
    }

    private static Revision Told(int number) =>
        Make.Revision(Make.Entry(title: "Libfoo: Schwachstelle ermöglicht Datenabfluss", native: "WID-SEC-2026-0007") with { SeverityWord = null }, "WID-SEC-2026-0007", number, "2026-03-10T12:00Z");
}
