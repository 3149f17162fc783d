namespace Kwid.Tests.Pipeline;

/// <summary>An upstream feed that takes entries back (RFC 6721).</summary>
public class TombstoneTests
{
    [Fact]
    public async Task What_a_feed_deletes_is_taken_back_with_what_was_said_before()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Feed(Entry("urn:1", "Libfoo: Codeausführung") + Entry("urn:2", "Altlast")));

        await shop.TellAsync(Feed(Entry("urn:2", "Altlast") + """<at:deleted-entry ref="urn:1" when="2026-03-10T12:00:00Z"><at:comment>Fehlalarm.</at:comment></at:deleted-entry>"""));

        var rung = Workshop.TitleOf(shop.Entries()[0]);
        Assert.Equal("[ZURÜCKGEZOGEN] Libfoo: Codeausführung", rung);
        Assert.Contains("Fehlalarm.", Workshop.BodyOf(shop.Entries()[0]), StringComparison.Ordinal);
        Assert.Equal(3, shop.Entries().Count);
    }

    [Fact]
    public async Task Nobody_is_told_that_something_is_taken_back_that_nobody_was_told()
    {
        await using var shop = await Workshop.OpenAsync();

        var report = await shop.TellAsync(Feed(Entry("urn:2", "Altlast") + """<at:deleted-entry ref="urn:1" when="2026-03-10T12:00:00Z"/>"""));

        Assert.Equal(1, report.New);
        Assert.Single(shop.Entries());
    }

    [Fact]
    public async Task A_tombstone_that_stays_in_the_feed_rings_once()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Feed(Entry("urn:1", "Libfoo: Codeausführung")));
        var deleted = """<at:deleted-entry ref="urn:1" when="2026-03-10T12:00:00Z"/>""";

        await shop.TellAsync(Feed(deleted));
        var again = await shop.TellAsync(Feed(deleted + " "));

        Assert.Equal((0, 0), (again.New, again.Revised));
        Assert.Equal(2, shop.Entries().Count);
    }

    private static string Entry(string guid, string title) => $"<entry><id>{guid}</id><title>{title}</title><updated>2026-03-10T10:00:00Z</updated><content>Text von {title}.</content></entry>";

    private static string Feed(string entries) =>
        $"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>urn:feed</id><title>Feed</title><updated>2026-03-10T10:00:00Z</updated>{entries}</feed>""";
}
