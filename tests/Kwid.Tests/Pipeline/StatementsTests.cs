using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Pipeline;

/// <summary>What sources say of one advisory over time: renamed, joined, taken back, in dispute.</summary>
public class StatementsTests
{
    private const string Id = "WID-SEC-2026-0001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_renamed_source_said_under_its_former_name_is_not_told_again()
    {
        var (source, kev) = (Make.Source("aa"), Make.Source("kev", deliver: Delivery.Background) with { Kind = SourceKind.Facts });
        await using var shop = await OpenAsync(source, kev);
        await FactAsync(shop, kev, "CVE-2026-0001");
        await SayAsync(shop, source, Make.Entry("ga", "OLDTEXT", Id, "aa", cves: ["CVE-2026-0001", "CVE-2026-0002"]) with { IsLabelled = true, IsStructured = true });
        var renamed = Rename(shop, source);
        await SayAsync(shop, renamed, Make.Entry("ga", "SECRET", Id, "a2", tlp: Tlp.Amber, cves: ["CVE-2026-0001", "CVE-2026-0002"]) with { IsLabelled = true, IsStructured = true });
        shop.Clock.Advance(TimeSpan.FromHours(5));

        await FactAsync(shop, kev, "CVE-2026-0002");

        Assert.DoesNotContain("OLDTEXT", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_source_can_stand_by_what_it_took_back()
    {
        var (source, other) = (Make.Source("aa"), Make.Source("bb"));
        await using var shop = await OpenAsync(source, other);
        await SayAsync(shop, source, Make.Entry("ga", "A", Id, "aa") with { IsStructured = true });
        await SayAsync(shop, other, Make.Entry("gb", "B", Id, "bb"));
        var renamed = Rename(shop, source);
        await SayAsync(shop, renamed, Make.Entry("ga", "A", Id, "a2") with { IsStructured = true, Withdrawn = "Fehler" });
        shop.Clock.Advance(TimeSpan.FromHours(5));

        await SayAsync(shop, renamed, Make.Entry("ga", "A", Id, "a2", updated: "2026-03-10T13:00Z") with { IsStructured = true });

        var life = await shop.Ledger!.FindLifeAsync(new AdvisoryId(Id), Cancel);
        Assert.Null(life!.Revisions[^1].Entry.Withdrawn);
        Assert.Equal(["a2", "bb"], life.Advisory.Tellers.Select(teller => teller.Source.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_told_lives_on_over_what_is_only_listed()
    {
        var source = Make.Source("aa");
        await using var shop = await OpenAsync(source);
        await SayAsync(shop, source, null, [new AdvisoryId(Id)]);
        await SayAsync(shop, source, Make.Entry("https://x.example/ga", "Libfoo flaw", null, "aa"));

        await SayAsync(shop, source, Make.Entry("https://x.example/ga", "Libfoo flaw", Id, "aa", tlp: Tlp.Amber) with { IsLabelled = true });

        Assert.DoesNotContain("Libfoo flaw", shop.Feed(), StringComparison.Ordinal);
        Assert.NotNull((await shop.Store.LoadAsync(Cancel)).Advisories.Single(advisory => advisory.Id.ToString() == Id).AliasOf);
    }

    [Fact]
    public async Task Of_two_that_become_one_a_source_says_its_newest()
    {
        var (source, other) = (Make.Source("aa"), Make.Source("bb"));
        await using var shop = await OpenAsync(source, other);
        await SayAsync(shop, source, Make.Entry("g1", "Libfoo one", null, "aa", text: "STALE"));
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await SayAsync(shop, source, Make.Entry("g2", "Libfoo two", Id, "aa", text: "OTHER"));
        await SayAsync(shop, source, Make.Entry("g1", "Libfoo one", Id, "aa", text: "NEWEST", updated: "2026-03-10T12:00Z"));

        await SayAsync(shop, other, Make.Entry("gb", "Libfoo by b", Id, "bb", text: "B"));

        Assert.Equal("NEWEST", (await shop.Ledger!.FindLifeAsync(new AdvisoryId(Id), Cancel))!.Revisions[^1].Entry.Text);
    }

    [Fact]
    public async Task A_catalogue_is_taken_in_where_two_advisories_became_one()
    {
        var (a, c, kev) = (Make.Source("aa"), Make.Source("cc"), Make.Source("kev", deliver: Delivery.Background) with { Kind = SourceKind.Facts });
        await using var shop = await OpenAsync(a, c, kev);
        await SayAsync(shop, a, Make.Entry("https://x.example/ga", "Libfoo", null, "aa", cves: "CVE-2026-0001"));
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await SayAsync(shop, c, Make.Entry("gc", "Libfoo by C", Id, "cc", cves: "CVE-2026-0001"));
        await SayAsync(shop, a, Make.Entry("https://x.example/ga", "Libfoo", Id, "aa", updated: "2026-03-10T12:00Z", cves: "CVE-2026-0001"));

        var taken = await FactAsync(shop, kev, "CVE-2026-0001");

        Assert.Equal(1, taken.Revised);
    }

    [Fact]
    public async Task An_archive_of_a_source_that_reaches_everyone_tells_what_only_background_told()
    {
        var (background, always) = (Make.Source("bb", deliver: Delivery.Background), Make.Source("aa"));
        await using var shop = await OpenAsync(background, always);
        await SayAsync(shop, background, Make.Entry("gb", "Libfoo", Id, "bb", updated: "2026-03-09T08:00Z"));

        await SayAsync(shop, always, Make.Entry("ga", "Libfoo", Id, "aa", updated: "2026-03-09T08:00Z"), archive: true);

        Assert.Single(shop.Entries("Libfoo"));
    }

    [Fact]
    public async Task That_it_is_exploited_rings_once_whoever_says_it_next()
    {
        var kev = Make.Source("kev", deliver: Delivery.Background) with { Kind = SourceKind.Facts };
        await using var shop = await OpenAsync(kev);
        var entry = Make.Entry("g1", "Libfoo", Id, cves: "CVE-2026-0001") with { IsStructured = true, History = [new HistoryItem("1", Make.Instant("2026-03-09T00:00Z"), "Initiale Fassung")] };
        await SayAsync(shop, shop.Sources[0], entry);
        await FactAsync(shop, kev, "CVE-2026-0001");
        var told = shop.Entries("Libfoo").Count;
        shop.Clock.Advance(TimeSpan.FromHours(20));

        await SayAsync(shop, shop.Sources[0], entry with { Updated = shop.Clock.GetUtcNow(), History = [.. entry.History, new HistoryItem("2", shop.Clock.GetUtcNow(), "Aktive Ausnutzung gemeldet")] });

        Assert.Equal((2, 2), (told, shop.Entries("Libfoo").Count));
    }

    [Fact]
    public async Task Nobody_takes_back_what_others_say()
    {
        var mirror = Make.Source("mirror", deliver: Delivery.Background);
        await using var shop = await OpenAsync(mirror);
        await SayAsync(shop, shop.Sources[0], Make.Entry("g1", "Libfoo", Id) with { IsStructured = true });

        await SayAsync(shop, mirror, Make.Entry(Id, Id, Id, "mirror", text: "", severity: null) with { Withdrawn = "deleted", Html = "" });

        Assert.DoesNotContain("ZURÜCKGEZOGEN", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_that_differ_in_the_severity_for_good_ring_nobody_again_and_again()
    {
        var csaf = Make.Source("csaf");
        await using var shop = await OpenAsync(csaf);
        var day = shop.Clock.GetUtcNow();
        await SayAsync(shop, csaf, Make.Entry("gc", "Libfoo", Id, "csaf", severity: Severity.Medium, updated: day.ToString("O")) with { IsStructured = true });
        for (var days = 2; days < 12; days += 4)
        {
            shop.Clock.Advance(TimeSpan.FromDays(2));
            await SayAsync(shop, shop.Sources[0], Make.Entry("gr", "Libfoo", Id, severity: Severity.High, updated: day.AddDays(days).ToString("O")));
            shop.Clock.Advance(TimeSpan.FromDays(2));
            await SayAsync(shop, csaf, Make.Entry("gc", "Libfoo", Id, "csaf", severity: Severity.Medium, updated: day.AddDays(days + 2).ToString("O")) with { IsStructured = true });
        }

        // The one that joins with a higher severity is news once.
        Assert.True(shop.Entries("Libfoo").Count <= 2, $"{shop.Entries("Libfoo").Count} entries");
    }

    [Fact]
    public async Task An_excerpt_of_what_bore_a_label_bears_it_too()
    {
        var (page, other) = (Make.Source("page"), Make.Source("bb"));
        await using var shop = await OpenAsync(page, other);
        await SayAsync(shop, page, Make.Entry("ga", "Libfoo", Id, "page", tlp: Tlp.Amber) with { IsLabelled = true });
        await SayAsync(shop, other, Make.Entry("gb", "Libfoo", Id, "bb"));

        await SayAsync(shop, page, Make.Entry("ga", "Libfoo", Id, "page", text: "", updated: "2026-03-10T12:00Z") with { IsExcerpt = true });

        Assert.Empty(shop.Entries("Libfoo"));
    }

    [Fact]
    public async Task What_a_joining_source_had_said_all_along_is_no_news_in_the_entry_that_rings()
    {
        var csaf = Make.Source("csaf");
        await using var shop = await OpenAsync(csaf);
        await SayAsync(shop, shop.Sources[0], Make.Entry("gr", "Libfoo", Id));
        var document = Make.Entry("gc", "Libfoo", Id, "csaf", cves: "CVE-2026-0001", text: "Lang.") with { IsStructured = true, History = [new HistoryItem("1", Make.Instant("2026-03-01T00:00Z"), "Initiale Fassung")] };
        await SayAsync(shop, csaf, document);
        shop.Clock.Advance(TimeSpan.FromHours(5));

        await SayAsync(shop, csaf, document with { Updated = shop.Clock.GetUtcNow(), History = [.. document.History, new HistoryItem("2", shop.Clock.GetUtcNow(), "PoC aufgenommen")] });

        var rung = shop.Entries("Libfoo")[0];
        Assert.Contains("PoC aufgenommen", Workshop.BodyOf(rung), StringComparison.Ordinal);
        Assert.DoesNotContain("Initiale Fassung“", Workshop.BodyOf(rung), StringComparison.Ordinal);
        Assert.DoesNotContain("weitere CVE", Workshop.TitleOf(rung), StringComparison.Ordinal);
    }

    private static async Task<Workshop> OpenAsync(params Source[] sources)
    {
        var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Vendor([("opening", "Opening", 1)]));
        shop.Sources.AddRange(sources);
        return shop;
    }

    private static Source Rename(Workshop shop, Source source)
    {
        var renamed = Make.Source("a2") with { FormerIds = [source.Id] };
        shop.Sources.Remove(source);
        shop.Sources.Add(renamed);
        return renamed;
    }

    private static async Task SayAsync(Workshop shop, Source source, Entry? entry, IReadOnlyList<AdvisoryId>? listed = null, bool archive = false)
    {
        var state = shop.States.Of(source);
        var staging = new Staging(state, DateTimeOffset.MinValue, mayHold: false) { Now = shop.Clock.GetUtcNow(), IsArchive = archive };
        await shop.Ledger!.CommitAsync(source, entry is null ? [] : [entry], listed ?? [], staging, (_, _) => state, dryRun: false, Cancel);
        await shop.PublishAsync();
    }

    private static async Task<Taken> FactAsync(Workshop shop, Source source, string cve)
    {
        var state = shop.States.Of(source);
        var fact = new Fact(new CveId(cve)) { Exploitation = new Exploitation(ExploitationLevel.Exploited, Since: Make.Instant("2026-03-10T00:00Z")) };
        var taken = await shop.Ledger!.CommitFactsAsync(source, [fact], new Staging(state, DateTimeOffset.MinValue, mayHold: false), (_, _) => state, dryRun: false, Cancel);
        await shop.PublishAsync();
        return taken;
    }
}
