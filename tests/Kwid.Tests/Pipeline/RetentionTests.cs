using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Storage;

namespace Kwid.Tests.Pipeline;

/// <summary>Texts go after two years, publications after five; what a feed shows stays, and who an advisory is stays for ever.</summary>
public class RetentionTests
{
    private const string Archive = "05315000/archive/";

    private static readonly RetentionPolicy Policy = new(TimeSpan.FromDays(730), TimeSpan.FromDays(1826), TimeSpan.FromDays(1826));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_of_old_archives_go_and_windows_archives_and_validators_stay()
    {
        await using var shop = await TwoAndAHalfYearsAsync();
        var (feed, tag, archive) = (shop.Feed(), shop.Document().Tag, shop.Feed(Archive + "4.atom"));
        var entries = shop.Entries(path: Archive + "4.atom").Select(entry => entry.ToString()).ToList();

        var report = await shop.Retention.RunAsync(Policy, Cancel);

        Assert.Equal((150, 0, null), (report.Bared, report.Removed, report.Fault));
        Assert.Equal((feed, tag), (shop.Feed(), shop.Document().Tag));
        Assert.Equal("", (await shop.Store.FindRevisionAsync(Key("A1"), Cancel))!.Entry.Text);
        Assert.NotEqual("", (await shop.Store.FindRevisionAsync(Key("A151"), Cancel))!.Entry.Text);
        Assert.Null(shop.Shelf.FindText(Key("A1")));
        Assert.Equal("Text von A151.", shop.Shelf.FindText(Key("A151"))!.Entry.Text);
        Assert.Throws<InvalidOperationException>(() => shop.Feed(Archive + "3.atom"));
        Assert.Contains("archive/3", archive, StringComparison.Ordinal);
        Assert.DoesNotContain("prev-archive", shop.Feed(Archive + "4.atom"), StringComparison.Ordinal);
        Assert.Equal(entries, shop.Entries(path: Archive + "4.atom").Select(entry => entry.ToString()));
    }

    [Fact]
    public async Task A_second_run_finds_nothing_to_do()
    {
        await using var shop = await TwoAndAHalfYearsAsync();
        await shop.Retention.RunAsync(Policy, Cancel);

        Assert.False((await shop.Retention.RunAsync(Policy, Cancel)).DidSomething);
    }

    [Fact]
    public async Task A_restart_and_a_rebuilt_shelf_show_the_same_as_before()
    {
        await using var shop = await TwoAndAHalfYearsAsync();
        await shop.Retention.RunAsync(Policy, Cancel);
        var shown = Shown(shop);
        await shop.AbandonAsync();

        await using (var restarted = await Workshop.OpenAsync(before: shop)) Assert.Equal(shown, Shown(restarted));
        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal(shown, Shown(rebuilt));
    }

    [Fact]
    public async Task A_crash_before_the_shelf_has_followed_is_made_good_by_the_next_run()
    {
        await using var shop = await TwoAndAHalfYearsAsync();
        var before = Directory.EnumerateFiles(shop.ShelfFolder).ToDictionary(file => file, File.ReadAllBytes);
        await shop.Retention.RunAsync(Policy, Cancel);
        var shown = Shown(shop);
        await shop.AbandonAsync();
        Directory.Delete(shop.ShelfFolder, recursive: true);
        Directory.CreateDirectory(shop.ShelfFolder);
        foreach (var (file, bytes) in before) await File.WriteAllBytesAsync(file, bytes, Cancel);
        await File.WriteAllTextAsync(Path.Combine(shop.ShelfFolder, "texts-1.bin"), "half of it", Cancel);
        await File.WriteAllTextAsync(Path.Combine(shop.ShelfFolder, "editions.jsonl.new"), "half of it", Cancel);

        await using var restarted = await Workshop.OpenAsync(before: shop);
        await restarted.Retention.RunAsync(Policy, Cancel);

        Assert.Equal(shown, Shown(restarted));
        Assert.Equal(["editions.jsonl", "texts-1.bin"], Directory.EnumerateFiles(shop.ShelfFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_shelf_goes_on_after_it_was_written_anew_even_several_times()
    {
        await using var shop = await TwoAndAHalfYearsAsync();
        await shop.Retention.RunAsync(Policy, Cancel);
        await TellAsync(shop, "E", 3);
        shop.Clock.Advance(TimeSpan.FromDays(600));
        await TellAsync(shop, "F", 120);
        await shop.Retention.RunAsync(Policy, Cancel);
        var shown = Shown(shop);
        await shop.AbandonAsync();

        await using var restarted = await Workshop.OpenAsync(before: shop);

        Assert.Equal(shown, Shown(restarted));
        Assert.Contains("Text von F120.", restarted.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_text_keeps_nothing_on_the_shelf_and_comes_again_from_the_store()
    {
        await using var shop = await TwoAndAHalfYearsAsync();
        var whole = shop.Feed();
        await shop.AbandonAsync();
        var file = Path.Combine(shop.ShelfFolder, "texts.bin");
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        await using var restarted = await Workshop.OpenAsync(before: shop);

        var report = await restarted.Retention.RunAsync(Policy, Cancel);

        Assert.Equal((150, null), (report.Bared, report.Fault));
        Assert.Equal(["editions.jsonl", "texts-1.bin"], Directory.EnumerateFiles(shop.ShelfFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("damaged", restarted.Shelf.ReadFault, StringComparison.Ordinal);
        await restarted.PublishAsync();
        Assert.Null(restarted.Shelf.ReadFault);
        Assert.Equal(Texts(whole), Texts(restarted.Feed()));
        var shown = restarted.Feed();
        await restarted.AbandonAsync();
        await using var again = await Workshop.OpenAsync(before: shop);
        Assert.Equal(shown, again.Feed());

        static int Texts(string feed) => feed.Split("Text von").Length;
    }

    [Fact]
    public async Task What_waits_or_is_held_keeps_its_text_however_old_it_is()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.ReviseAsync(Revision(shop, "H1", label: Tlp.Amber));
        await shop.StoreAsync(Revision(shop, "P1"));
        shop.Clock.Advance(TimeSpan.FromDays(3_000));

        Assert.Equal(0, (await shop.Retention.RunAsync(Policy, Cancel)).Bared);
    }

    [Fact]
    public async Task What_was_never_announced_loses_its_text_in_time()
    {
        await using var shop = await Workshop.OpenAsync();
        var old = Revision(shop, "O1");
        await shop.Store.CommitAsync(new IngestBatch([new StagedRevision(old, RevisionStage.Backlog)], [new Advisory(old.Key.Advisory, old.Entry.Source, 1, "f")], [], null) { Statements = [new Statement(old.Key.Advisory, old.Entry)] }, Cancel);
        shop.Clock.Advance(TimeSpan.FromDays(731));

        await shop.Retention.RunAsync(Policy, Cancel);

        Assert.True((await shop.Store.FindRevisionAsync(old.Key, Cancel))!.IsBared);
        Assert.Empty(await shop.Store.ReadStatementsAsync(old.Key.Advisory, Cancel));
    }

    [Fact]
    public async Task What_a_shown_text_is_compared_with_stays_so_that_a_rebuilt_shelf_tells_the_same_news()
    {
        await using var shop = await Workshop.OpenAsync();
        var told = Revision(shop, "A1");
        await shop.ReviseAsync(told);
        shop.Clock.Advance(TimeSpan.FromDays(800));
        var fixedNow = Revision(shop, "A1", 2);
        fixedNow = fixedNow with { Entry = fixedNow.Entry with { Remediations = [new Remediation(RemediationKind.Fix, "Aktualisieren", null)] } };
        await shop.ReviseAsync(fixedNow, new Change("patch", "fix-available", null, "known"));
        await shop.Retention.RunAsync(Policy, Cancel);
        var shown = shop.Feed();
        await shop.AbandonAsync();

        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);

        Assert.Contains("Update verfügbar", shown, StringComparison.Ordinal);
        Assert.Equal(shown, rebuilt.Feed());
    }

    [Fact]
    public async Task An_id_that_comes_back_after_three_years_rings_for_one_more_CVE_only()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Wid("CVE-2026-0001"));
        await BuryAsync(shop);
        Assert.True((await shop.Store.FindRevisionAsync(Key("WID-SEC-2026-0001"), Cancel))!.IsBared);

        await shop.TellAsync(Wid("CVE-2026-0001 und CVE-2026-0002"));

        var entry = Assert.Single(shop.Entries("WID-SEC-2026-0001"));
        Assert.Equal("[HOCH · weitere CVE] Libfoo 1", Workshop.TitleOf(entry)[..29]);
        Assert.Contains("Neu zugeordnet: CVE-2026-0002", Workshop.BodyOf(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_comes_back_after_three_years_with_nothing_but_another_wording_is_silent()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Wid("CVE-2026-0001"));
        await BuryAsync(shop);

        var report = await shop.TellAsync(Wid("CVE-2026-0001!").Replace("Schwachstelle", "Schwachstellen", StringComparison.Ordinal));

        Assert.Equal((0, 1), (report.New, report.Revised));
        Assert.Empty(shop.Entries("WID-SEC-2026-0001"));
        Assert.Contains("CVE-2026-0001!", (await shop.Store.FindRevisionAsync(Key("WID-SEC-2026-0001") with { Number = 2 }, Cancel))!.Entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_very_same_document_after_three_years_brings_nothing_back()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Wid("CVE-2026-0001"));
        await BuryAsync(shop);

        var report = await shop.TellAsync(Wid("CVE-2026-0001!"));

        Assert.Equal((0, 0), (report.New, report.Revised));
        Assert.Empty(await shop.Store.ReadStatementsAsync(new AdvisoryId("WID-SEC-2026-0001"), Cancel));
    }

    [Fact]
    public async Task Publications_of_five_years_ago_no_longer_say_what_they_told_and_numbers_of_archives_stay()
    {
        await using var shop = await TwoAndAHalfYearsAsync();
        await shop.Retention.RunAsync(Policy, Cancel);
        shop.Clock.Advance(TimeSpan.FromDays(1_000));
        await TellAsync(shop, "E", 130);
        shop.Clock.Advance(TimeSpan.FromDays(35));
        await TellAsync(shop, "H", 1);
        var (feed, tag) = (shop.Feed(), shop.Document().Tag);

        var report = await shop.Retention.RunAsync(Policy, Cancel);

        Assert.True(report.Editions > 0);
        Assert.Equal((feed, tag), (shop.Feed(), shop.Document().Tag));
        Assert.Empty(shop.Shelf.PublicationsOf([new AdvisoryId("A1")]));
        Assert.NotEmpty(shop.Shelf.PublicationsOf([new AdvisoryId("D1")]));
        Assert.NotNull(await shop.Store.FindRevisionAsync(Key("A1"), Cancel));
        var shown = Shown(shop);
        await shop.AbandonAsync();
        await using (var restarted = await Workshop.OpenAsync(before: shop)) Assert.Equal(shown, Shown(restarted));
        Assert.DoesNotContain("\"A1\"", await File.ReadAllTextAsync(Path.Combine(shop.ShelfFolder, "editions.jsonl"), Cancel), StringComparison.Ordinal);
        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal(shown, Shown(rebuilt));
    }

    [Fact]
    public async Task Of_an_old_advisory_the_newest_revision_stays_and_the_others_go()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.ReviseAsync(Revision(shop, "A1"));
        await shop.ReviseAsync(Revision(shop, "A1", 2), new Change("text", "text", "alt", "neu"));
        await shop.ReviseAsync(Revision(shop, "A1", 3, withdrawn: "Fehlalarm"), new Change("withdrawn", "withdrawn", null, "Fehlalarm"));
        await BuryAsync(shop);
        shop.Clock.Advance(TimeSpan.FromDays(1_000));

        var report = await shop.Retention.RunAsync(Policy, Cancel);

        Assert.Equal(2, report.Removed);
        Assert.Null(await shop.Store.FindRevisionAsync(Key("A1"), Cancel));
        Assert.Equal("Fehlalarm", (await shop.Store.FindRevisionAsync(Key("A1") with { Number = 3 }, Cancel))!.Entry.Withdrawn);
        Assert.Equal(3, (await shop.Store.LoadAsync(Cancel)).Advisories.Single(advisory => advisory.Id.ToString() == "A1").LastRevision);
        await shop.ReviseAsync(Revision(shop, "A1", 4), new Change("withdrawn", "reinstated", "Fehlalarm", null));
    }

    [Fact]
    public async Task A_digest_whose_members_retention_took_is_told_anew_without_a_word_of_damage()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.SayAsync(shop.Sources[0], Make.Entry("o", "Eröffnung", "WID-SEC-2026-0001"));
        foreach (var i in Enumerable.Range(0, 30)) await shop.SayAsync(shop.Sources[0], Make.Entry($"f{i}", $"Offenes {i}", $"WID-SEC-2026-01{i:D2}", severity: Severity.Medium), publish: false);
        await shop.PublishAsync();
        await TellAsync(shop, "A", 120);
        shop.Clock.Advance(TimeSpan.FromDays(940));
        await TellAsync(shop, "B", 160);
        shop.Clock.Advance(TimeSpan.FromDays(40));
        await TellAsync(shop, "C", 1);
        await shop.Retention.RunAsync(Policy, Cancel);
        Assert.True(shop.Shelf.Archives("05315000")[^1] > 1);
        Assert.Null(shop.Shelf.FindText(Key("WID-SEC-2026-0104")));

        await shop.SayAsync(shop.Sources[0], Make.Entry("f3", "Offenes 3", "WID-SEC-2026-0103", severity: Severity.Medium, tlp: Tlp.Amber, updated: "2029-03-11T08:00Z"));
        await shop.PublishAsync();

        Assert.Null(shop.Shelf.ReadFault);
        Assert.Empty(shop.Shelf.Damaged);
    }

    [Fact]
    public async Task What_is_published_while_retention_runs_is_not_lost_and_breaks_nothing()
    {
        await using var shop = await TwoAndAHalfYearsAsync();

        var retention = shop.Retention.RunAsync(Policy, Cancel);
        await TellAsync(shop, "E", 60);
        var report = await retention;

        Assert.Null(report.Fault);
        Assert.All(["E1.", "E60."], word => Assert.Contains($"Text von {word}", shop.Feed(), StringComparison.Ordinal));
        var shown = Shown(shop);
        await shop.AbandonAsync();
        await using var restarted = await Workshop.OpenAsync(before: shop);
        Assert.Equal(shown, Shown(restarted));
    }

    [Fact]
    public async Task Old_lines_of_the_audit_log_go_but_its_numbers_go_on()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.Store.SaveAccessAsync([], [new AuditEvent(shop.Clock.GetUtcNow(), "one", "x", null), new AuditEvent(shop.Clock.GetUtcNow(), "two", "x", null)], Cancel);
        shop.Clock.Advance(TimeSpan.FromDays(1_827));

        await shop.Retention.RunAsync(Policy, Cancel);

        await shop.Store.SaveAccessAsync([], [new AuditEvent(shop.Clock.GetUtcNow(), "three", "x", null)], Cancel);
        var log = new List<string>();
        await foreach (var one in shop.Store.ReadAuditAsync(0, Cancel)) log.Add($"{one.Number} {one.What}");
        Assert.Equal(["2 two", "3 three"], log);
    }

    /// <summary>Archives 1 to 3 are two and a half years old, archive 4 one year, and all that is in the window.</summary>
    private static async Task<Workshop> TwoAndAHalfYearsAsync()
    {
        var shop = await Workshop.OpenAsync();
        await TellAsync(shop, "A", 160);
        shop.Clock.Advance(TimeSpan.FromDays(35));
        await TellAsync(shop, "B", 1);
        shop.Clock.Advance(TimeSpan.FromDays(500));
        await TellAsync(shop, "D", 120);
        shop.Clock.Advance(TimeSpan.FromDays(35));
        await TellAsync(shop, "G", 1);
        shop.Clock.Advance(TimeSpan.FromDays(400));
        return shop;
    }

    /// <summary>Three years and so many newer entries that what was told is in no window.</summary>
    private static async Task BuryAsync(Workshop shop)
    {
        shop.Clock.Advance(TimeSpan.FromDays(365));
        await TellAsync(shop, "B", 120);
        shop.Clock.Advance(TimeSpan.FromDays(40));
        await TellAsync(shop, "C", 1);
        shop.Clock.Advance(TimeSpan.FromDays(700));
        await shop.Retention.RunAsync(Policy, Cancel);
    }

    /// <summary>Publishes advisories, in editions that are no bursts.</summary>
    private static async Task TellAsync(Workshop shop, string name, int count)
    {
        foreach (var chunk in Enumerable.Range(1, count).Chunk(20))
        {
            var revisions = chunk.Select(number => Revision(shop, $"{name}{number}")).ToList();
            await shop.Store.CommitAsync(
                new IngestBatch([.. revisions.Select(one => new StagedRevision(one, RevisionStage.Pending))], [.. revisions.Select(one => new Advisory(one.Key.Advisory, one.Entry.Source, one.Key.Number, "f"))], [], null), Cancel);
            await shop.PublishAsync();
        }
    }

    private static Revision Revision(Workshop shop, string advisory, int number = 1, Tlp label = Tlp.Clear, string? withdrawn = null) => Make.Revision(
        Make.Entry(guid: $"https://upstream.example/{advisory}", native: advisory, text: $"Text von {advisory}.", tlp: label) with { Withdrawn = withdrawn },
        advisory, number, shop.Clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    private static RevisionKey Key(string advisory) => new(new AdvisoryId(advisory), 1);

    private static string Wid(string text) => ScriptedFetcher.Wid((1, "hoch", 1)).Replace("etwas tun", text + " ausnutzen", StringComparison.Ordinal);

    /// <summary>All that a reader gets: bytes and validators.</summary>
    private static List<string> Shown(Workshop shop)
    {
        var shown = new List<string>();
        foreach (var path in Enumerable.Range(1, 20).Select(number => $"{Archive}{number}.atom").Prepend("05315000.atom").Prepend("alle.rss"))
        {
            if (!Core.Publishing.FeedAddress.TryParse(path, out var address) || shop.Shelf.Find(address) is not { } document) continue;
            shown.Add($"{path} {document.Tag} {document.Modified:O}\n{shop.Feed(path)}");
        }

        return shown;
    }
}
