using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

/// <summary>P7: what rings at once, what is gathered for four hours, what is silent.</summary>
public class JoiningTests
{
    private static readonly Change SeverityUp = new("severity", "severity-up", "mittel", "hoch");
    private static readonly Change CveAdded = new("cves", "cve-added", null, "CVE-2026-10001");
    private static readonly Change Exploited = new("exploitation", "exploited", null, "Exploited");
    private static readonly Change Text = new("text", "text", "alt", "neu");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task News_within_four_hours_of_the_last_bell_go_out_at_their_end_as_one_entry_that_lists_them_all()
    {
        await using var shop = await RungAsync();
        shop.Clock.Advance(TimeSpan.FromHours(1));

        await shop.ReviseAsync(Told(2, severity: Severity.High), SeverityUp);
        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.ReviseAsync(Told(3, severity: Severity.High, cve: "CVE-2026-10001"), CveAdded);
        shop.Clock.Advance(TimeSpan.FromMinutes(56));
        Assert.Null(await shop.PublishAsync());
        Assert.Single(shop.Entries("Libfoo"));
        Assert.NotNull(await shop.PublishAsync());

        Assert.Equal(["[MITTEL → HOCH · weitere CVE] Libfoo: Datenabfluss", "[MITTEL] Libfoo: Datenabfluss"], shop.Entries("Libfoo").Select(Workshop.TitleOf));
        Assert.Equal("tag:kwid.test,2026:05315000/WID-SEC-2026-0007/r3", Workshop.IdOf(shop.Entries("Libfoo")[0]));
        Assert.All(["Schweregrad gestiegen", "Neu zugeordnet: CVE-2026-10001"], sentence => Assert.Contains(sentence, shop.Entries("Libfoo")[0].Value, StringComparison.Ordinal));
        Assert.Empty(await shop.Store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task What_becomes_critical_rings_at_once_with_all_that_waited()
    {
        await using var shop = await RungAsync();
        await shop.ReviseAsync(Told(2, severity: Severity.Medium, cve: "CVE-2026-10001"), CveAdded);

        await shop.ReviseAsync(Told(3, severity: Severity.Critical, cve: "CVE-2026-10001"), SeverityUp);

        Assert.Equal("[MITTEL → KRITISCH · weitere CVE] Libfoo: Datenabfluss", Workshop.TitleOf(shop.Entries("Libfoo")[0]));
        Assert.Equal(2, shop.Entries("Libfoo").Count);
    }

    [Fact]
    public async Task What_is_exploited_now_rings_at_once_but_not_where_it_was_critical_before()
    {
        await using var medium = await RungAsync();
        await medium.ReviseAsync(Told(2, exploited: true), Exploited);
        await using var critical = await RungAsync(Severity.Critical);
        await critical.ReviseAsync(Told(2, Severity.Critical, exploited: true), Exploited);

        Assert.Equal("[MITTEL · wird jetzt ausgenutzt] Libfoo: Datenabfluss", Workshop.TitleOf(medium.Entries("Libfoo")[0]));
        Assert.Single(critical.Entries("Libfoo"));
        critical.Clock.Advance(TimeSpan.FromHours(4));
        await critical.PublishAsync();
        Assert.Equal("[KRITISCH · wird jetzt ausgenutzt] Libfoo: Datenabfluss", Workshop.TitleOf(critical.Entries("Libfoo")[0]));
    }

    [Fact]
    public async Task A_silent_change_behind_news_that_wait_does_not_swallow_them()
    {
        await using var shop = await RungAsync();
        await shop.ReviseAsync(Told(2, severity: Severity.High), SeverityUp);

        await shop.ReviseAsync(Told(3, severity: Severity.High, text: "Ein neuer Text."), Text);
        Assert.DoesNotContain("Ein neuer Text.", shop.Feed(), StringComparison.Ordinal);
        shop.Clock.Advance(TimeSpan.FromHours(4));
        await shop.PublishAsync();

        Assert.StartsWith("[MITTEL → HOCH]", Workshop.TitleOf(shop.Entries("Libfoo")[0]), StringComparison.Ordinal);
        Assert.Contains("Ein neuer Text.", shop.Entries("Libfoo")[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_change_alone_waits_for_nothing()
    {
        await using var shop = await RungAsync();

        await shop.ReviseAsync(Told(2, text: "Ein neuer Text."), Text);

        Assert.Contains("Ein neuer Text.", Assert.Single(shop.Entries("Libfoo")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_that_came_to_nothing_while_they_waited_ring_no_bell()
    {
        await using var shop = await RungAsync();
        await shop.ReviseAsync(Told(2, severity: Severity.High), SeverityUp);
        await shop.ReviseAsync(Told(3, severity: Severity.Medium, text: "Ein neuer Text."), new Change("severity", "severity-down", "hoch", "mittel"), Text);

        shop.Clock.Advance(TimeSpan.FromHours(4));
        await shop.PublishAsync();

        Assert.Contains("Ein neuer Text.", Assert.Single(shop.Entries("Libfoo")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tightened_label_waits_for_nothing_and_takes_what_waited_with_it()
    {
        await using var shop = await RungAsync();
        await shop.ReviseAsync(Told(2, severity: Severity.High), SeverityUp);

        await shop.ReviseAsync(Told(3, severity: Severity.High, label: Tlp.Amber), new Change("tlp", "tlp-tightened", "CLEAR", "AMBER"));

        Assert.DoesNotContain("Libfoo", shop.Feed(), StringComparison.Ordinal);
        Assert.Empty(await shop.Store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task What_waits_is_published_by_the_next_process_when_it_is_due_and_a_rebuilt_shelf_is_the_same()
    {
        await using var shop = await RungAsync();
        await shop.ReviseAsync(Told(2, severity: Severity.High), SeverityUp);
        await shop.AbandonAsync();

        await using var restarted = await Workshop.OpenAsync(before: shop);
        Assert.Null(await restarted.PublishAsync());
        restarted.Clock.Advance(TimeSpan.FromHours(4));
        Assert.NotNull(await restarted.PublishAsync());

        var feed = restarted.Feed();
        Assert.Contains("[MITTEL → HOCH] Libfoo", feed, StringComparison.Ordinal);
        await restarted.AbandonAsync();
        Directory.Delete(shop.ShelfFolder, recursive: true);
        await using var rebuilt = await Workshop.OpenAsync(before: shop);
        Assert.Equal(feed, rebuilt.Feed());
    }

    [Fact]
    public async Task The_rule_that_rang_is_kept_with_the_publication()
    {
        await using var shop = await RungAsync();

        var edition = await shop.ReviseAsync(Told(2, severity: Severity.Critical), SeverityUp);

        Assert.Equal(("severity-up", "deliver-always"), (edition!.Publications[0].Rule, edition.Publications[0].Reason));
    }

    [Fact]
    public async Task Further_products_and_changes_without_news_are_silent()
    {
        await using var shop = await RungAsync();

        await shop.ReviseAsync(Told(2, text: "Zwei."), new Change("products", "products-added", null, "Libbar"), new Change("history", "distributor", null, "Neue Updates von Irgendwem aufgenommen"));

        Assert.Contains("Zwei.", Assert.Single(shop.Entries("Libfoo")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_only_listed_before_rings_for_material_news_only()
    {
        await using var shop = await RungAsync();

        await shop.ReviseAsync(Told(1, native: "WID-SEC-2026-0008"), new Change("listed", "listed", null, null));
        Assert.Single(shop.Entries("Libfoo"));
        await shop.ReviseAsync(Told(1, native: "WID-SEC-2026-0009", history: ["PoC aufgenommen"]), new Change("listed", "listed", null, null), Wording("PoC aufgenommen"));

        Assert.Equal("[MITTEL · PoC/Exploit bekannt] Libfoo: Datenabfluss", Workshop.TitleOf(shop.Entries("Libfoo")[0]));
        Assert.Equal("tag:kwid.test,2026:05315000/WID-SEC-2026-0009", Workshop.IdOf(shop.Entries("Libfoo")[0]));
    }

    [Fact]
    public async Task The_publishers_own_words_of_all_that_waited_are_told_but_none_that_stood_under_a_closer_label_only()
    {
        await using var shop = await RungAsync();
        await shop.ReviseAsync(Told(2, history: ["PoC aufgenommen"]), Wording("PoC aufgenommen"));
        await shop.ReviseAsync(Told(3, history: ["PoC aufgenommen", "Vertraulich: PoC bei X"], label: Tlp.Amber), Wording("Vertraulich: PoC bei X"));

        await shop.ReviseAsync(Told(4, severity: Severity.Critical, history: ["PoC aufgenommen", "Neu bewertet"]), SeverityUp, new Change("tlp", "tlp-loosened", "AMBER", "CLEAR"));

        var entry = shop.Entries("Libfoo")[0].Value;
        Assert.Contains("Die Quelle schreibt: „PoC aufgenommen“", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("Vertraulich", shop.Feed(), StringComparison.Ordinal);
    }

    private static Change Wording(string words) => new("history", "poc-wording", null, words) { News = News.ProofOfConcept };

    /// <summary>An advisory that rang two minutes ago, after the opening.</summary>
    private static async Task<Workshop> RungAsync(Severity severity = Severity.Medium)
    {
        var shop = await Workshop.OpenAsync();
        await shop.ReviseAsync(Told(1, native: "WID-SEC-2026-0001", title: "Altlast"));
        await shop.ReviseAsync(Told(1, severity));
        Assert.Single(shop.Entries("Libfoo"));
        return shop;
    }

    private static Revision Told(
        int number, Severity severity = Severity.Medium, string? cve = null, bool exploited = false, string text = "Text.", Tlp label = Tlp.Clear,
        string native = "WID-SEC-2026-0007", string title = "Libfoo: Schwachstelle ermöglicht Datenabfluss", params string[] history) => Make.Revision(
            Make.Entry(title: title, native: native, severity: severity, text: text, tlp: label, cves: cve is null ? [] : [cve]) with
            {
                Exploitation = exploited ? new Exploitation(ExploitationLevel.Exploited) : null,
                SeverityWord = null,
                History = [.. history.Select((summary, i) => new HistoryItem($"{i + 1}", Make.Instant("2026-03-01T09:00Z"), summary))],
            },
            native, number, "2026-03-10T12:00Z");
}
