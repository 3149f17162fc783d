using System.Xml.Linq;
using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

/// <summary>P13: a poll that would ring too often becomes one Sammelmeldung.</summary>
public class DigestTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly (int Number, string Severity, int Day)[] Old = [(1, "hoch", 1)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_new_entries_ring_one_by_one_and_one_more_makes_a_digest_of_them()
    {
        await using var twenty = await OpenedAsync();
        await twenty.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 20)]));
        await using var more = await OpenedAsync();
        await more.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 21)]));

        Assert.Equal(21, Entries(twenty).Count);
        Assert.Equal(["[MITTEL] BSI CERT-Bund WID: 21 Hinweise", "[HOCH] Libfoo 1: Schwachstelle"], Entries(more).Select(Title));
    }

    [Fact]
    public async Task What_is_critical_rings_singly_and_the_rest_stands_in_one_entry_the_most_severe_first()
    {
        await using var shop = await OpenedAsync();

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 25), (90, "kritisch", 2), (91, "hoch", 3), (92, "kritisch", 3)]));

        var entries = Entries(shop);
        Assert.Equal(["[KRITISCH] Libfoo 92: Schwachstelle", "[KRITISCH] Libfoo 90: Schwachstelle", "[HOCH] BSI CERT-Bund WID: 26 Hinweise", "[HOCH] Libfoo 1: Schwachstelle"], entries.Select(Title));
        var digest = entries[2];
        Assert.Equal("tag:kwid.test,2026:05315000/kwid.sammel.bsi-wid.2", digest.Element(Atom + "id")!.Value);
        Assert.Equal("KWID Test", digest.Element(Atom + "author")!.Value);
        var body = digest.Element(Atom + "content")!.Value;
        Assert.StartsWith("<p>BSI CERT-Bund WID hat ungewöhnlich viele Hinweise auf einmal veröffentlicht", body, StringComparison.Ordinal);
        Assert.Contains(
            "die schwersten zuerst. Kritische und ausgenutzte erscheinen einzeln.</p><ul><li><a href=\"https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-0091\">[HOCH] Libfoo 91: Schwachstelle</a> (WID-SEC-2026-0091)</li><li><a",
            body,
            StringComparison.Ordinal);
        Assert.EndsWith("</ul><h3>Quelle</h3><p>BSI CERT-Bund WID (BSI, Lizenz: nicht angegeben)</p><p>Sie erhalten dies als eine Meldung, weil die Quelle ungewöhnlich viele Hinweise auf einmal veröffentlicht hat.</p>", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Was ist zu tun", body, StringComparison.Ordinal);
        Assert.Equal(26, body.Split("<li>").Length - 1);
        Assert.Equal("TLP:CLEAR", Category(digest, "https://www.first.org/tlp/"));
        Assert.Contains("<dc:creator>KWID Test</dc:creator>", shop.Feed("05315000.rss"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_may_ring_five_times_its_usual()
    {
        await using var shop = await OpenedAsync();
        shop.States.Learn([shop.States.Of(shop.Sources[0]) with { History = SourceHistory.None with { NewCounts = [.. Enumerable.Repeat(6, 40)] } }]);

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 30)]));
        Assert.Equal(31, Entries(shop).Count);
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 61)]));

        Assert.Equal("[MITTEL] BSI CERT-Bund WID: 31 Hinweise", Title(Entries(shop)[0]));
    }

    [Fact]
    public async Task The_opening_is_never_a_digest()
    {
        await using var shop = await Workshop.OpenAsync();

        await shop.TellAsync(ScriptedFetcher.Wid([.. Items(1, 60)]));

        Assert.Equal(60, Entries(shop).Count);
    }

    [Fact]
    public async Task A_members_material_change_rings_as_an_entry_of_its_own_and_a_silent_one_changes_the_digest_in_place()
    {
        await using var shop = await OpenedAsync();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 30)]));
        var before = Entries(shop)[0];

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, (2, "niedrig", 9), (3, "niedrig", 9), .. Items(4, 28)]));
        var after = Entries(shop)[0];
        Assert.Equal(2, Entries(shop).Count);
        Assert.All(["id", "title", "published", "updated"], part => Assert.Equal(before.Element(Atom + part)!.Value, after.Element(Atom + part)!.Value));
        Assert.All(["[NIEDRIG] Libfoo 2:", "[NIEDRIG] Libfoo 3:", "[MITTEL] Libfoo 4:"], part => Assert.Contains(part, after.Value, StringComparison.Ordinal));
        Assert.Equal(30, after.Element(Atom + "content")!.Value.Split("<li>").Length - 1);
        Assert.Single((await LastEditionAsync(shop)).Authored);

        shop.Clock.Advance(TimeSpan.FromHours(4));
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, (2, "hoch", 9), (3, "niedrig", 9), .. Items(4, 28)]));
        Assert.Equal("tag:kwid.test,2026:05315000/WID-SEC-2026-0002/r3", Entries(shop)[0].Element(Atom + "id")!.Value);
        Assert.Equal("[NIEDRIG → HOCH] Libfoo 2: Schwachstelle", Title(Entries(shop)[0]));
        Assert.Equal(3, Entries(shop).Count);
        var told = Entries(shop)[1].Value;

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, (2, "mittel", 10), (3, "niedrig", 9), .. Items(4, 28)]));
        Assert.Equal("[NIEDRIG → MITTEL] Libfoo 2: Schwachstelle", Title(Entries(shop)[0]));
        Assert.Equal(told, Entries(shop)[1].Value);
    }

    [Fact]
    public async Task A_member_keeps_its_news_through_a_silent_change_also_after_a_restart()
    {
        await using var shop = await OpenedAsync();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 20)]));
        shop.States.Learn([shop.States.Of(shop.Sources[0]) with { History = SourceHistory.None }]);
        shop.Clock.Advance(TimeSpan.FromHours(4));
        var raised = Items(2, 20).Select(item => item with { Severity = "hoch" }).ToArray();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. raised, .. Items(30, 1)]));
        await using var restarted = await RestartedAsync(shop);

        await restarted.TellAsync(Label(ScriptedFetcher.Wid([.. Old, .. raised, .. Items(30, 1)]), 7, "Nachtrag."));

        Assert.Contains("[MITTEL → HOCH] Libfoo 7:", Entries(restarted)[0].Value, StringComparison.Ordinal);
        Assert.Equal("2", Category(Entries(restarted)[0], "urn:kwid:revision"));
        await restarted.AbandonAsync();
        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal(restarted.Feed(), rebuilt.Feed());
    }

    [Fact]
    public async Task A_long_digest_does_not_lead_into_somebodys_own_network()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source(url: "http://feeds.stadt.local/wid");
        await shop.TellAsync(ScriptedFetcher.Wid(Old));

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 205)]));

        Assert.Contains("</ul><p>… und 5 weitere; alle stehen auf den Seiten der Quelle.</p>", Entries(shop)[0].Element(Atom + "content")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_in_the_archive_follows_no_silent_change()
    {
        await using var shop = await OpenedAsync();
        var items = Items(2, 30).ToArray();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. items]));
        for (var month = 0; month < 6; month++)
        {
            shop.Clock.Advance(TimeSpan.FromDays(20));
            await shop.TellAsync(ScriptedFetcher.Wid([.. Items(100 + (20 * month), 20)]));
        }

        await shop.TellAsync(Label(ScriptedFetcher.Wid([.. Old, .. items]), 7, "Nachtrag."));

        Assert.Contains("Libfoo 7:", shop.Feed("05315000/archive/1.atom"), StringComparison.Ordinal);
        Assert.Empty((await LastEditionAsync(shop)).Authored);
    }

    [Fact]
    public async Task A_digest_lists_at_most_200_members_and_says_how_many_more_there_are_all_of_them_count()
    {
        await using var shop = await OpenedAsync();

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 204), (900, "hoch", 2)]));

        var body = Entries(shop)[0].Element(Atom + "content")!.Value;
        Assert.Equal("[HOCH] BSI CERT-Bund WID: 205 Hinweise", Title(Entries(shop)[0]));
        Assert.Equal(200, body.Split("<li>").Length - 1);
        Assert.Contains("<ul><li><a href=\"https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-0900\">", body, StringComparison.Ordinal);
        Assert.Contains("</ul><p>… und 5 weitere; alle stehen auf <a href=\"https://upstream.example/feed\">den Seiten der Quelle</a>.</p>", body, StringComparison.Ordinal);
        Assert.Equal(205, (await LastEditionAsync(shop)).Publications.Count(row => row is { Kind: PublicationKind.Collected, Class: "standard/CLEAR" }));
        Assert.Empty(await shop.Store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task A_member_that_has_an_entry_is_updated_there_too()
    {
        await using var shop = await OpenedAsync();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 20)]));
        shop.States.Learn([shop.States.Of(shop.Sources[0]) with { History = SourceHistory.None }]);
        shop.Clock.Advance(TimeSpan.FromHours(4));

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 20).Select(item => item with { Severity = "hoch" }), .. Items(30, 1)]));

        Assert.Equal(22, Entries(shop).Count);
        Assert.Contains("[MITTEL → HOCH] Libfoo 2: Schwachstelle", Entries(shop)[0].Value, StringComparison.Ordinal);
        Assert.All(Entries(shop).Skip(1).SkipLast(1), entry => Assert.Contains("Fassung 2", entry.Value, StringComparison.Ordinal));
        Assert.All(Entries(shop).Skip(1).SkipLast(1), entry => Assert.Equal(entry.Element(Atom + "published")!.Value, entry.Element(Atom + "updated")!.Value));
    }

    [Fact]
    public async Task Members_are_published_the_store_says_so_and_each_row_names_its_digest()
    {
        await using var shop = await OpenedAsync();

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 30)]));

        Assert.Empty(await shop.Store.ReadPendingAsync(Cancel));
        var edition = await LastEditionAsync(shop);
        Assert.Equal(30, edition.Publications.Count(row => row is { Kind: PublicationKind.Collected, Class: "standard/CLEAR" } && row.Digest == new AdvisoryId("kwid.sammel.bsi-wid.2")));
        Assert.Equal("kwid.sammel.bsi-wid.2", edition.Publications.Single(row => row is { Kind: PublicationKind.Entry, Class: "standard/CLEAR" }).Revision.Advisory.ToString());
        Assert.Single(edition.Authored);
    }

    [Fact]
    public async Task What_stands_above_the_ceiling_is_in_no_digest()
    {
        await using var shop = await OpenedAsync();

        await shop.TellAsync(Label(ScriptedFetcher.Wid([.. Old, .. Items(2, 30)]), 7, "TLP:AMBER"));

        Assert.StartsWith("[MITTEL] BSI CERT-Bund WID: 29 Hinweise", Title(Entries(shop)[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("Libfoo 7:", shop.Feed(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_member_whose_label_is_tightened_leaves_the_digest_in_place_also_after_a_restart(bool restarts)
    {
        await using var shop = await OpenedAsync();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 30)]));
        var before = Entries(shop)[0];
        await using var next = restarts ? await RestartedAsync(shop) : null;
        var now = next ?? shop;

        await now.TellAsync(Label(ScriptedFetcher.Wid([.. Old, .. Items(2, 30)]), 7, "TLP:AMBER"));

        var after = Entries(now)[0];
        Assert.Equal(before.Element(Atom + "id")!.Value, after.Element(Atom + "id")!.Value);
        Assert.Equal(before.Element(Atom + "published")!.Value, after.Element(Atom + "published")!.Value);
        Assert.NotEqual(before.Element(Atom + "updated")!.Value, after.Element(Atom + "updated")!.Value);
        Assert.Equal("[MITTEL] BSI CERT-Bund WID: 29 Hinweise", Title(after));
        Assert.Equal(2, Entries(now).Count);
        Assert.All(["05315000.atom", "05315000.rss", "alle.atom"], path => Assert.DoesNotContain("Libfoo 7:", now.Feed(path), StringComparison.Ordinal));
        Assert.Contains("Libfoo 8:", now.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_tightened_label_does_not_bring_the_first_member_back_and_the_last_withdraws_the_digest()
    {
        await using var shop = await OpenedAsync();
        var items = Items(2, 30).ToArray();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. items]));
        await shop.TellAsync(Label(ScriptedFetcher.Wid([.. Old, .. items]), 7, "TLP:AMBER"));

        await shop.TellAsync(Label(Label(ScriptedFetcher.Wid([.. Old, .. items]), 7, "TLP:AMBER"), 8, "TLP:AMBER"));
        Assert.Equal("[MITTEL] BSI CERT-Bund WID: 28 Hinweise", Title(Entries(shop)[0]));
        Assert.DoesNotContain("Libfoo 7:", shop.Feed(), StringComparison.Ordinal);

        shop.Sources[0] = Make.Source(tlp: Tlp.Amber);
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. items]));
        Assert.All(Entries(shop), entry => Assert.StartsWith("[ZURÜCKGEZOGEN]", Title(entry), StringComparison.Ordinal));
        Assert.Equal(2, Entries(shop).Count);
        Assert.DoesNotContain("Libfoo", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_in_a_closed_archive_document_loses_its_member_too_and_the_document_changes()
    {
        await using var shop = await OpenedAsync();
        var items = Items(2, 30).ToArray();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. items]));
        for (var month = 0; month < 6; month++)
        {
            shop.Clock.Advance(TimeSpan.FromDays(20));
            await shop.TellAsync(ScriptedFetcher.Wid([.. Items(100 + (20 * month), 20)]));
        }

        var (archive, tag) = (shop.Feed("05315000/archive/1.atom"), shop.Document("05315000/archive/1.atom").Tag);
        Assert.Contains("Libfoo 7:", archive, StringComparison.Ordinal);

        await shop.TellAsync(Label(ScriptedFetcher.Wid([.. Old, .. items]), 7, "TLP:AMBER"));

        Assert.DoesNotContain("Libfoo 7:", shop.Feed("05315000/archive/1.atom"), StringComparison.Ordinal);
        Assert.NotEqual(tag, shop.Document("05315000/archive/1.atom").Tag);
    }

    [Fact]
    public async Task The_bytes_are_the_same_after_a_restart_and_from_a_rebuilt_shelf()
    {
        await using var shop = await OpenedAsync();
        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 30), (90, "kritisch", 2)]));
        await shop.TellAsync(Label(ScriptedFetcher.Wid([.. Old, .. Items(2, 30), (90, "kritisch", 2)]), 7, "TLP:AMBER"));
        var (atom, rss, tag) = (shop.Feed(), shop.Feed("05315000.rss"), shop.Document().Tag);

        await using (var restarted = await RestartedAsync(shop))
        {
            Assert.Equal((atom, rss, tag), (restarted.Feed(), restarted.Feed("05315000.rss"), restarted.Document().Tag));
            await restarted.AbandonAsync();
        }

        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal((atom, rss, tag), (rebuilt.Feed(), rebuilt.Feed("05315000.rss"), rebuilt.Document().Tag));
    }

    [Fact]
    public async Task A_long_name_of_a_source_never_cuts_the_number_off_the_title()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source() with { Name = "Zentrum für " + string.Concat(Enumerable.Repeat("Informationssicherheit und ", 9)) };
        await shop.TellAsync(ScriptedFetcher.Wid(Old));

        await shop.TellAsync(ScriptedFetcher.Wid([.. Old, .. Items(2, 30)]));

        Assert.EndsWith(": 30 Hinweise", Title(Entries(shop)[0]), StringComparison.Ordinal);
        Assert.True(Title(Entries(shop)[0]).Length <= 90);
    }

    private static async Task<Workshop> OpenedAsync()
    {
        var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid(Old));
        return shop;
    }

    private static async Task<Workshop> RestartedAsync(Workshop shop)
    {
        await shop.AbandonAsync();
        return await Workshop.OpenAsync(before: shop);
    }

    private static async Task<Edition> LastEditionAsync(Workshop shop)
    {
        Edition? last = null;
        await foreach (var edition in shop.Store.ReadEditionsAsync(0, Cancel)) last = edition;
        return last!;
    }

    private static IEnumerable<(int Number, string Severity, int Day)> Items(int first, int count) =>
        Enumerable.Range(first, count).Select(number => (number, "mittel", 2));

    /// <summary>The document with a label at the start of one item's text.</summary>
    private static string Label(string body, int number, string label)
    {
        var at = body.IndexOf("<description>", body.IndexOf($"Libfoo {number}:", StringComparison.Ordinal), StringComparison.Ordinal) + "<description>".Length;
        return body.Insert(at, label + " ");
    }

    private static List<XElement> Entries(Workshop shop) => [.. XDocument.Parse(shop.Feed()).Root!.Elements(Atom + "entry")];

    private static string Title(XElement entry) => entry.Element(Atom + "title")!.Value;

    private static string Category(XElement entry, string scheme) =>
        entry.Elements(Atom + "category").Single(category => category.Attribute("scheme")!.Value == scheme).Attribute("term")!.Value;
}
