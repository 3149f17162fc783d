using System.Xml.Linq;
using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

/// <summary>Every feed tells once that must sources are out of reach, and corrects that in place.</summary>
public class NoticeTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task Every_feed_has_one_entry_in_plain_German_for_all_sources_out_of_reach()
    {
        await using var shop = await OpenedAsync();
        shop.Sources.Add(Make.Source("andere", "https://other.example/feed") with { Name = "Andere <Quelle>" });
        shop.Recipients.Add(new Recipient(new RecipientKey("05314000"), "Bonn", null, Subscription.Default));
        Fail(shop, 0, "2026-03-10T06:00Z");
        Fail(shop, 1, "2026-03-10T05:30Z");

        await shop.PublishAsync();

        Assert.All(["05315000.atom", "05314000.atom", "alle.atom"], path => Assert.Equal(2, Entries(shop, path).Count));
        var entry = Entries(shop)[0];
        Assert.Equal("[STÖRUNG] 2 Quellen sind nicht erreichbar: BSI CERT-Bund WID, Andere <Quelle>", Title(entry));
        Assert.Equal("tag:kwid.test,2026:05315000/kwid.stoerung.202603100530", entry.Element(Atom + "id")!.Value);
        Assert.Equal("KWID Test", entry.Element(Atom + "author")!.Value);
        var body = entry.Element(Atom + "content")!.Value;
        Assert.StartsWith("<p>KWID Test kann wichtige Quellen seit Stunden nicht lesen:</p><ul><li>BSI CERT-Bund WID: nicht erreichbar seit 10. März 2026, 07:00 Uhr (<a href=\"https://upstream.example/\">", body, StringComparison.Ordinal);
        Assert.Contains("Andere &lt;Quelle&gt;", body, StringComparison.Ordinal);
        Assert.Contains("Hinweise dieser Quellen können fehlen; das ist keine Entwarnung. Prüfen Sie bei Bedarf direkt bei der Quelle.", body, StringComparison.Ordinal);
        Assert.Contains("wird an dieser Stelle berichtigt", body, StringComparison.Ordinal);
        Assert.Contains("https://kwid.test/status", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Was ist zu tun", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Worum geht es", body, StringComparison.Ordinal);
        Assert.Equal("https://kwid.test/status", entry.Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.Equal("TLP:CLEAR", entry.Elements(Atom + "category").Single(category => category.Attribute("scheme")!.Value == "https://www.first.org/tlp/").Attribute("term")!.Value);
    }

    [Fact]
    public async Task While_it_lasts_nothing_rings_and_nothing_changes_until_a_source_joins_or_leaves()
    {
        await using var shop = await OpenedAsync();
        shop.Sources.Add(Make.Source("andere", "https://other.example/feed") with { Name = "Andere" });
        Fail(shop, 0, "2026-03-10T06:00Z");
        await shop.PublishAsync();
        var (before, tag) = (Entries(shop)[0], shop.Document().Tag);

        Assert.Null(await shop.PublishAsync());
        Assert.Equal(tag, shop.Document().Tag);
        Fail(shop, 1, "2026-03-10T06:00Z");
        await shop.PublishAsync();

        var after = Entries(shop)[0];
        Assert.Equal(2, Entries(shop).Count);
        Assert.Contains("Andere: nicht erreichbar seit", after.Value, StringComparison.Ordinal);
        Assert.All(["id", "published", "updated"], name => Assert.Equal(before.Element(Atom + name)!.Value, after.Element(Atom + name)!.Value));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task It_is_closed_once_in_place_and_never_rings_twice_also_over_a_restart_and_a_lost_shelf(bool restarts, bool losesShelf)
    {
        await using var shop = await OpenedAsync();
        Fail(shop, 0, "2026-03-10T06:00Z");
        await shop.Store.SaveSourcesAsync([shop.States.Of(shop.Sources[0])], Cancel);
        await shop.PublishAsync();
        var before = Entries(shop)[0];
        if (restarts) await shop.AbandonAsync();
        if (losesShelf) Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var next = restarts ? await Workshop.OpenAsync(before: shop) : null;
        var now = next ?? shop;

        Assert.Null(await now.PublishAsync());
        Answer(now, 0, "2026-03-10T12:30Z");
        Assert.Null(await now.PublishAsync());
        now.Clock.Advance(TimeSpan.FromHours(2));
        Assert.NotNull(await now.PublishAsync());
        Assert.Null(await now.PublishAsync());

        var after = Entries(now)[0];
        Assert.Equal(2, Entries(now).Count);
        Assert.Equal("[BEHOBEN] BSI CERT-Bund WID ist wieder erreichbar", Title(after));
        Assert.All(["id", "published", "updated"], name => Assert.Equal(before.Element(Atom + name)!.Value, after.Element(Atom + name)!.Value));
        Assert.Contains("von 10. März 2026, 07:00 Uhr bis 10. März 2026, 13:30 Uhr", after.Element(Atom + "content")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("keine Entwarnung", after.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_outage_is_a_new_entry()
    {
        await using var shop = await OpenedAsync();
        Fail(shop, 0, "2026-03-10T06:00Z");
        await shop.PublishAsync();
        Answer(shop, 0, "2026-03-10T12:30Z");
        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.PublishAsync();

        Fail(shop, 0, "2026-03-10T15:00Z");
        shop.Clock.Advance(TimeSpan.FromHours(8));
        await shop.PublishAsync();

        Assert.Equal(["[STÖRUNG] BSI CERT-Bund WID ist nicht erreichbar", "[BEHOBEN] BSI CERT-Bund WID ist wieder erreichbar"], Entries(shop).Take(2).Select(Title));
        Assert.Equal(3, Entries(shop).Count);
    }

    [Fact]
    public async Task The_bytes_are_the_same_after_a_restart_and_from_a_rebuilt_shelf()
    {
        await using var shop = await OpenedAsync();
        Fail(shop, 0, "2026-03-10T06:00Z");
        await shop.PublishAsync();
        var (atom, rss, tag) = (shop.Feed(), shop.Feed("05315000.rss"), shop.Document().Tag);
        await shop.AbandonAsync();

        await using (var restarted = await Workshop.OpenAsync(before: shop))
        {
            Assert.Equal((atom, rss, tag), (restarted.Feed(), restarted.Feed("05315000.rss"), restarted.Document().Tag));
        }

        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal((atom, rss, tag), (rebuilt.Feed(), rebuilt.Feed("05315000.rss"), rebuilt.Document().Tag));
    }

    [Theory]
    [InlineData(SourceClass.Normal, true)]
    [InlineData(SourceClass.Must, false)]
    public async Task Normal_and_disabled_sources_are_not_told(SourceClass @class, bool enabled)
    {
        await using var shop = await OpenedAsync();
        shop.Sources[0] = shop.Sources[0] with { Class = @class, Enabled = enabled };
        Fail(shop, 0, "2026-03-10T01:00Z");

        Assert.Null(await shop.PublishAsync());
    }

    [Theory]
    [InlineData(Delivery.Always, Tlp.Amber)]
    [InlineData(Delivery.Always, Tlp.Green)]
    [InlineData(Delivery.Background, Tlp.Clear)]
    public async Task Sources_whose_documents_never_reach_a_feed_are_not_told_in_it(Delivery deliver, Tlp tlp)
    {
        await using var shop = await OpenedAsync();
        shop.Sources.Add(Make.Source("geheim", "https://partner.example/feed", deliver, tlp) with { Name = "Geheime Quelle" });
        Fail(shop, 1, "2026-03-10T01:00Z");

        Assert.Null(await shop.PublishAsync());
        Fail(shop, 0, "2026-03-10T01:00Z");
        await shop.PublishAsync();

        Assert.Equal("[STÖRUNG] BSI CERT-Bund WID ist nicht erreichbar", Title(Entries(shop)[0]));
        Assert.DoesNotContain("Geheime Quelle", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_opening_there_is_nobody_to_tell()
    {
        await using var shop = await Workshop.OpenAsync();
        Fail(shop, 0, "2026-03-10T01:00Z");

        await shop.PublishAsync();

        Assert.Empty(Entries(shop));
        Assert.False(shop.Shelf.HasOpened);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<Workshop> OpenedAsync()
    {
        var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        return shop;
    }

    private static void Fail(Workshop shop, int source, string since) => shop.States.Learn(
        [shop.States.Of(shop.Sources[source]) with { Failures = 9, FailingSince = Make.Instant(since), AnsweringSince = null, NextPoll = shop.Clock.GetUtcNow().AddDays(1) }]);

    private static void Answer(Workshop shop, int source, string since) => shop.States.Learn(
        [shop.States.Of(shop.Sources[source]) with { Failures = 0, FailingSince = null, AnsweringSince = Make.Instant(since), LastSuccess = Make.Instant(since) }]);

    private static List<XElement> Entries(Workshop shop, string path = "05315000.atom") => [.. XDocument.Parse(shop.Feed(path)).Root!.Elements(Atom + "entry")];

    private static string Title(XElement entry) => entry.Element(Atom + "title")!.Value;
}
