using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Pipeline;

public class WithdrawTests
{
    private static readonly AdvisoryId Id = new("WID-SEC-2026-0001");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_operators_word_makes_a_revision_that_is_published_as_a_new_entry()
    {
        await using var shop = await OpenAsync();

        var revision = await shop.Ledger.WithdrawAsync(Id, "Fehlalarm des Herstellers", Cancel);
        var edition = await shop.PublishAsync();

        Assert.Equal((2, "Fehlalarm des Herstellers"), (revision?.Key.Number, revision?.Entry.Withdrawn));
        Assert.Equal([("withdrawn", News.Withdrawn)], revision!.Changes.Select(change => (change.Rule, change.News)));
        Assert.Contains(edition!.Publications, row => row.Kind is PublicationKind.Entry && row.Revision == revision.Key);
        Assert.Contains("ZURÜCKGEZOGEN", shop.Feed(), StringComparison.Ordinal);
        Assert.Contains("Fehlalarm des Herstellers", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_its_source_says_later_undoes_it_even_after_a_restart()
    {
        await using var before = await OpenAsync();
        await before.Ledger.WithdrawAsync(Id, "Fehlalarm", Cancel);
        await before.PublishAsync();
        await before.AbandonAsync();
        await using var shop = await Workshop.OpenAsync(before: before);

        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 5)));

        var last = await shop.Ledger.FindLastAsync(Id, Cancel);
        Assert.Equal((3, "Fehlalarm", Severity.Critical), (last?.Key.Number, last?.Entry.Withdrawn, last?.Entry.Severity));
        Assert.Equal([new SourceId("bsi-wid")], last!.Tellers);
    }

    [Fact]
    public async Task Said_twice_it_is_said_once()
    {
        await using var shop = await OpenAsync();
        await shop.Ledger.WithdrawAsync(Id, "Fehlalarm", Cancel);

        Assert.Null(await shop.Ledger.WithdrawAsync(Id, "Fehlalarm", Cancel));
        Assert.Equal(2, (await shop.Ledger.FindLastAsync(Id, Cancel))?.Key.Number);
    }

    [Fact]
    public async Task It_neither_widens_nor_narrows_the_label()
    {
        await using var shop = await Workshop.OpenAsync();
        shop.Sources[0] = Make.Source(tlp: Tlp.Green);
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        var revision = await shop.Ledger.WithdrawAsync(Id, "Fehlalarm", Cancel);

        Assert.Equal(Tlp.Green, revision?.Entry.Tlp);
        Assert.DoesNotContain(revision!.Changes, change => change.Field == "tlp");
    }

    [Theory]
    [InlineData("WID-SEC-2026-0001")]
    [InlineData(" wid-sec-w-2026-0001 ")]
    [InlineData("https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-0001")]
    public async Task An_advisory_is_found_in_any_spelling_of_its_id(string written)
    {
        await using var shop = await OpenAsync();

        Assert.Equal(Id, (await shop.Ledger.FindAsync(written, Cancel)).Found);
    }

    [Theory]
    [InlineData("WID-SEC-2026-0002")]
    [InlineData("wid-sec-w-2026-00010")]
    [InlineData("2026-0001")]
    public async Task Of_an_unknown_id_those_that_look_like_it_are_told(string written)
    {
        await using var shop = await OpenAsync();

        var (found, near) = await shop.Ledger.FindAsync(written, Cancel);

        Assert.Null(found);
        Assert.Equal([Id], near);
    }

    [Fact]
    public async Task A_life_tells_revisions_statements_and_where_they_went()
    {
        await using var shop = await OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 5)));
        await shop.Ledger.WithdrawAsync(Id, "Fehlalarm", Cancel);
        await shop.PublishAsync();

        var life = await shop.Ledger.FindLifeAsync(Id, Cancel);

        Assert.Equal([1, 2, 3], life!.Revisions.Select(revision => revision.Key.Number));
        Assert.Equal(["bsi-wid", "operator"], life.Statements.Select(entry => entry.Source.ToString()).Order());
        Assert.Equal([1, 2, 3], shop.Shelf.PublicationsOf(life.Ids).Where(each => each.Row is { Kind: PublicationKind.Entry, Class: "standard/CLEAR" }).Select(each => each.Row.Revision.Number));
        Assert.Equal(["05315000", "alle"], shop.Shelf.FeedsThatShow(life.Ids));
        Assert.Null(await shop.Ledger.FindLifeAsync(new AdvisoryId("WID-SEC-2026-0009"), Cancel));
    }

    private static async Task<Workshop> OpenAsync()
    {
        var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        return shop;
    }
}
