using System.Xml.Linq;
using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

public class PublishTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_installation_has_every_feed_before_it_has_an_entry()
    {
        await using var shop = await Workshop.OpenAsync();

        await shop.PublishAsync();

        Assert.Empty(Entries(shop));
        Assert.Equal("KWID Test – Köln", XDocument.Parse(shop.Feed()).Root!.Element(Atom + "title")!.Value);
        Assert.NotEmpty(shop.Feed("alle.rss"));
    }

    [Fact]
    public async Task The_opening_dates_entries_as_the_upstream_did_newest_on_top()
    {
        await using var shop = await Workshop.OpenAsync();

        await shop.TellAsync(ScriptedFetcher.Wid((2, "hoch", 2), (1, "hoch", 1), (3, "hoch", 3)));

        Assert.Equal(["WID-SEC-2026-0003", "WID-SEC-2026-0002", "WID-SEC-2026-0001"], Entries(shop).Select(Advisory));
        Assert.Equal("2026-03-03T08:00:00Z", Entries(shop)[0].Element(Atom + "published")!.Value);
    }

    [Fact]
    public async Task Later_entries_are_published_now_the_most_urgent_on_top()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "kritisch", 2), (3, "niedrig", 3)));

        Assert.Equal(["WID-SEC-2026-0002", "WID-SEC-2026-0003", "WID-SEC-2026-0001"], Entries(shop).Select(Advisory));
        Assert.Equal(["2026-03-10T12:01:00Z", "2026-03-10T12:00:59Z"], Entries(shop).Take(2).Select(entry => entry.Element(Atom + "published")!.Value));
    }

    [Fact]
    public async Task A_mere_new_date_updates_in_place_without_moving_updated()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var before = Entries(shop).Single();

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 5)));

        var after = Entries(shop).Single();
        Assert.Equal(before.Element(Atom + "id")!.Value, after.Element(Atom + "id")!.Value);
        Assert.Equal(before.Element(Atom + "updated")!.Value, after.Element(Atom + "updated")!.Value);
        Assert.Contains("Fassung 2", after.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_risen_severity_rings_with_a_new_entry_that_answers_the_first()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 5)));

        var entries = Entries(shop);
        Assert.Equal(
            ["tag:kwid.test,2026:05315000/WID-SEC-2026-0001/r2", "tag:kwid.test,2026:05315000/WID-SEC-2026-0001"],
            entries.Select(entry => entry.Element(Atom + "id")!.Value));
        Assert.StartsWith("[HOCH → KRITISCH] Libfoo 1", entries[0].Element(Atom + "title")!.Value, StringComparison.Ordinal);
        Assert.Equal("tag:kwid.test,2026:05315000/WID-SEC-2026-0001", entries[0].Element(XName.Get("in-reply-to", "http://purl.org/syndication/thread/1.0"))!.Attribute("ref")!.Value);
    }

    [Theory]
    [InlineData(Tlp.Green)]
    [InlineData(Tlp.Red)]
    public async Task What_is_not_CLEAR_is_stored_and_leaves_through_nothing(Tlp label)
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source(tlp: label);

        var report = await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 1)));

        Assert.Equal(1, report.New);
        Assert.NotNull(await shop.Store.FindRevisionAsync(new RevisionKey(new AdvisoryId("WID-SEC-2026-0001"), 1), Cancel));
        Assert.All(["05315000.atom", "05315000.rss", "alle.atom", "alle.rss"], path => Assert.DoesNotContain("Libfoo", shop.Feed(path), StringComparison.Ordinal));
        Assert.Empty(await shop.Store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task A_tightened_label_replaces_every_text_that_was_published_under_the_same_id()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 2)));

        shop.Sources[0] = Make.Source(tlp: Tlp.Amber);
        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 3)));

        var entries = Entries(shop);
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.StartsWith("[ZURÜCKGEZOGEN]", entry.Element(Atom + "title")!.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("Libfoo", shop.Feed() + shop.Feed("05315000.rss"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stood_only_under_a_closer_label_is_not_told_when_the_label_is_loosened()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        shop.Sources[0] = Make.Source(tlp: Tlp.Amber);
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 2)).Replace("etwas tun", "etwas tun (CVE-2026-77777)", StringComparison.Ordinal));

        shop.Sources[0] = Make.Source();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 3)));

        Assert.Contains("WID-SEC-2026-0001/r3", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("77777", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stricter_label_in_the_configuration_takes_back_what_the_unchanged_document_still_says()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        shop.Sources[0] = Make.Source(tlp: Tlp.Amber);
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        Assert.Null(shop.Network.Asked[^1].ETag);
        Assert.DoesNotContain("Libfoo", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Background_sources_reach_the_default_feed_only_when_critical()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source(deliver: Delivery.Background);

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "kritisch", 2)));

        Assert.Equal(["WID-SEC-2026-0002"], Entries(shop).Select(Advisory));
    }

    [Theory]
    [InlineData("WID-SEC-2026-0001", false)]
    [InlineData("WID-SEC-2026-0404", true)]
    public async Task What_a_delivered_advisory_refers_to_is_not_told_again_by_background_also_not_in_one_edition(string referring, bool told)
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources.Add(Make.Source("vendor", deliver: Delivery.Background));
        shop.ToldBy[new AdvisoryId("FG-IR-26-1")] = new AdvisoryId(referring);
        await shop.StoreAsync(Make.Revision(Make.Entry(native: "FG-IR-26-1", guid: "https://vendor.example/1", source: "vendor", severity: Severity.Critical), "FG-IR-26-1"));
        await shop.StoreAsync(Make.Revision());

        await shop.PublishAsync();

        Assert.Equal(told, Entries(shop).Select(Advisory).Contains("FG-IR-26-1"));
        Assert.Contains("WID-SEC-2026-0001", Entries(shop).Select(Advisory));
    }

    [Fact]
    public async Task The_same_edition_gives_the_same_bytes_also_after_a_restart_and_from_a_rebuilt_shelf()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 3), (2, "mittel", 4)));
        var (bytes, tag) = (shop.Feed(), shop.Document().Tag);
        await shop.AbandonAsync();

        await using (var restarted = await Workshop.OpenAsync(before: shop))
        {
            Assert.Equal((bytes, tag), (restarted.Feed(), restarted.Document().Tag));
        }

        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal((bytes, tag), (rebuilt.Feed(), rebuilt.Document().Tag));
    }

    [Fact]
    public async Task A_torn_shelf_is_cut_to_whole_editions_and_filled_again()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));
        var bytes = shop.Feed();
        await shop.AbandonAsync();
        var file = Path.Combine(shop.ShelfFolder, "editions.jsonl");
        var lines = await File.ReadAllBytesAsync(file, Cancel);
        await File.WriteAllBytesAsync(file, lines[..^40], Cancel);

        await using var restarted = await Workshop.OpenAsync(before: shop);

        Assert.Equal(bytes, restarted.Feed());
    }

    [Fact]
    public async Task An_edition_whose_answer_was_lost_is_shown_with_the_next_try_and_not_published_twice()
    {
        await using var shop = await Workshop.OpenAsync();
        using var publish = new Core.Pipeline.Publish(LosingStore.Around(shop.Store), shop.Shelf, null, shop.Clock);
        await shop.StoreAsync(Make.Revision());

        await Assert.ThrowsAsync<Core.Storage.StoreException>(() => publish.RunAsync(shop.Audience, withPending: true, Cancel));
        var again = await publish.RunAsync(shop.Audience, withPending: true, Cancel);

        Assert.Null(again);
        Assert.Equal(["WID-SEC-2026-0001"], Entries(shop).Select(Advisory));
        Assert.Equal(1, (await shop.Store.LoadAsync(Cancel)).LastEdition!.Value.Number);
    }

    [Fact]
    public async Task A_text_with_one_flipped_bit_comes_again_from_the_store_with_its_news_and_rings_nobody()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "mittel", 1)));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 2)));
        var (whole, tag) = (Entries(shop).Select(entry => entry.Value).ToList(), shop.Document().Tag);
        await shop.AbandonAsync();
        var file = Path.Combine(shop.ShelfFolder, "texts.bin");
        var texts = await File.ReadAllBytesAsync(file, Cancel);
        texts[^20] ^= 1;
        await File.WriteAllBytesAsync(file, texts, Cancel);

        await using var restarted = await Workshop.OpenAsync(before: shop);
        var damaged = Entries(restarted).Select(entry => entry.Value).ToList();
        var edition = await restarted.PublishAsync();

        Assert.NotEqual(whole, damaged);
        Assert.Empty(edition!.Publications);
        Assert.Equal(whole, Entries(restarted).Select(entry => entry.Value));
        Assert.NotEqual(tag, restarted.Document().Tag);
        Assert.Null(restarted.Shelf.ReadFault);
        Assert.Null(await restarted.PublishAsync());
    }

    [Fact]
    public async Task A_text_that_is_damaged_on_disk_leaves_its_entry_in_place_and_the_others_whole()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));
        var ids = Entries(shop).Select(Advisory).ToList();
        await shop.AbandonAsync();
        var file = Path.Combine(shop.ShelfFolder, "texts.bin");
        var texts = await File.ReadAllBytesAsync(file, Cancel);
        Array.Fill(texts, (byte)0xFF, 0, 60);
        await File.WriteAllBytesAsync(file, texts, Cancel);

        await using var restarted = await Workshop.OpenAsync(before: shop);

        Assert.Equal(ids, Entries(restarted).Select(Advisory));
        Assert.Contains("kann zurzeit nicht gelesen werden", Entries(restarted)[1].Value, StringComparison.Ordinal);
        Assert.Contains("Libfoo 2", Entries(restarted)[0].Value, StringComparison.Ordinal);
        Assert.Contains("WID-SEC-2026-0001", restarted.Shelf.ReadFault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pending_revisions_of_a_process_that_died_are_published_by_the_next()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        shop.Network.Body = ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2));
        await shop.Ingest.RunAsync(shop.Sources[0], Workshop.Policy, Cancel);
        await shop.AbandonAsync();

        await using var restarted = await Workshop.OpenAsync(before: shop);
        await restarted.PublishAsync();
        await restarted.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));

        Assert.Equal(["WID-SEC-2026-0002", "WID-SEC-2026-0001"], Entries(restarted).Select(Advisory));
    }

    [Fact]
    public async Task A_new_recipient_sees_what_its_neighbours_saw()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.PublishAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));

        shop.Recipients.Add(new Recipient(new RecipientKey("05314000"), "Bonn", null, Subscription.Default));
        await shop.PublishAsync();

        Assert.Equal(Entries(shop).Select(Advisory), Entries(shop, "05314000.atom").Select(Advisory));
        Assert.Equal(2, Entries(shop, "05314000.atom").Count);
    }

    [Fact]
    public async Task A_removed_recipients_address_explains_itself_for_90_days_then_is_gone_and_resumes_on_return()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var cologne = shop.Recipients[0];

        shop.Recipients.Clear();
        await shop.PublishAsync();
        Assert.StartsWith("Diese Adresse wurde am 10. März 2026 beendet", Entries(shop).Single().Element(Atom + "title")!.Value, StringComparison.Ordinal);
        Assert.False(shop.Document().IsGone);

        shop.Clock.Advance(TimeSpan.FromDays(91));
        Assert.True(shop.Document().IsGone);

        shop.Recipients.Add(cologne);
        await shop.PublishAsync();
        Assert.Equal(["WID-SEC-2026-0001"], Entries(shop).Select(Advisory));
    }

    [Fact]
    public async Task Another_look_makes_an_edition_that_changes_bytes_and_validators_but_no_id()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var (ids, before) = (Entries(shop).Select(Advisory).ToList(), shop.Document());
        var changed = new Core.Pipeline.Audience(Workshop.Identity with { Hotline = "0211 123" }, shop.Recipients, shop.Sources);

        var edition = await shop.Publish.RunAsync(changed, withPending: true, Cancel);

        Assert.Equal((0, changed.Builder.Look), (edition!.Publications.Count, edition.Look));
        Assert.NotEqual(before.Tag, shop.Document().Tag);
        Assert.True(shop.Document().Modified > before.Modified);
        Assert.Equal(ids, Entries(shop).Select(Advisory));
    }

    [Fact]
    public async Task A_clock_that_stepped_back_still_makes_rising_editions()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var before = shop.Document().Modified;
        await shop.AbandonAsync();

        await using var earlier = await Workshop.OpenAsync(before: shop);
        earlier.Clock.AutoAdvanceAmount = TimeSpan.Zero;
        earlier.Clock.AdjustTime(before.AddDays(-1));
        await earlier.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "hoch", 2)));

        Assert.Equal(before.AddSeconds(1), earlier.Document().Modified);
    }

    private static List<XElement> Entries(Workshop shop, string path = "05315000.atom") => [.. XDocument.Parse(shop.Feed(path)).Root!.Elements(Atom + "entry")];

    private static string Advisory(XElement entry) =>
        entry.Elements(Atom + "category").Single(category => category.Attribute("scheme")!.Value == "urn:kwid:advisory").Attribute("term")!.Value;
}
