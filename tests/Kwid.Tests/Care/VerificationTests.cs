using Kwid.Core.Care;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Core.Storage;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Care;

/// <summary>What was changed from outside is found, and nothing else is.</summary>
public class VerificationTests
{
    private static readonly AdvisoryId One = new("WID-SEC-2026-0001");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_polls_and_editions_have_made_is_well_also_while_something_waits()
    {
        await using var shop = await Workshop.OpenAsync();
        var all = await Records.OfAsync(shop);

        var verdict = await VerifyAsync(shop, all);

        Assert.Empty(verdict.Findings);
        Assert.Equal((shop.Shelf.Last!.Value.Number, 5), (verdict.Edition, verdict.Texts));
        Assert.Equal(all.All.OfType<StoredRevision>().Count(), verdict.Kinds.Single(kind => kind.Kind == "revision").Count);
        Assert.Contains(all.All, record => record is StoredStage);
        Assert.Contains(all.All, record => record is StoredStatement);
    }

    [Fact]
    public Task A_missing_newest_revision_is_found() => FindsAsync<StoredRevision>(
        record => IsOne(record.Revision.Key, 2) || IsOne(record.Revision.Key, 3) ? null : record, "newest revision");

    [Fact]
    public Task A_gap_between_revisions_is_found() => FindsAsync<StoredRevision>(record => IsOne(record.Revision.Key, 2) ? null : record, "missing before revision 3");

    [Fact]
    public async Task Old_revisions_and_texts_that_retention_took_are_no_findings()
    {
        await using var shop = await Workshop.OpenAsync();
        var all = (await Records.OfAsync(shop)).With<StoredRevision>(record => IsOne(record.Revision.Key, 1) ? null : new StoredRevision(record.Revision with { Entry = record.Revision.Entry with { Html = "", Text = "" } }));

        Assert.Empty((await VerifyAsync(shop, all)).Findings);
    }

    [Fact]
    public async Task Around_a_revision_that_no_edition_took_retention_may_have_left_a_gap()
    {
        await using var shop = await Workshop.OpenAsync();
        var all = (await Records.OfAsync(shop)).With<StoredRevision>(record => IsOne(record.Revision.Key, 2) ? null : record);
        var held = new Records([.. all.All.TakeWhile(record => record is not StoredStage), StoreRecord.Of(new RevisionKey(One, 1), RevisionStage.Held, 0), .. all.All.SkipWhile(record => record is not StoredStage)]);

        Assert.Empty((await VerifyAsync(shop, held)).Findings);
    }

    [Fact]
    public async Task Rows_and_texts_of_its_own_that_retention_took_are_no_findings_in_the_store()
    {
        await using var shop = await Workshop.OpenAsync();
        var row = new Publication("c", new RevisionKey(new AdvisoryId("kwid.sammel.x.1"), 1), PublicationKind.Entry, shop.Clock.GetUtcNow(), 1, "");
        var edition = new Edition(1, shop.Clock.GetUtcNow(), [row, row with { Revision = new RevisionKey(new AdvisoryId("kwid.vergessen"), 0) }], [], null);
        shop.Shelf.Append(edition, []);

        Assert.Empty((await VerifyAsync(shop, new Records([new StoredEdition(edition)]))).Findings);
    }

    [Fact]
    public Task A_text_that_was_changed_is_found() => FindsAsync<StoredRevision>(
        record => new StoredRevision(record.Revision with { Entry = record.Revision.Entry with { Title = record.Revision.Entry.Title + "!" } }), "fingerprint");

    [Fact]
    public Task A_statement_that_was_changed_is_found() => FindsAsync<StoredStatement>(
        record => new StoredStatement(record.Statement with { Entry = record.Statement.Entry with { Title = "Anderes" } }), "fingerprint");

    [Fact]
    public Task A_statement_without_its_advisory_is_found() => FindsAsync<StoredStatement>(record => new StoredStatement(record.Statement with { Advisory = new AdvisoryId("x") }), "not stored");

    [Fact]
    public Task A_revision_without_its_advisory_is_found() => FindsAsync<StoredAdvisory>(record => record.Advisory.Id == One ? null : record, "its advisory is not stored");

    [Fact]
    public Task A_key_that_leads_nowhere_is_found() => FindsAsync<StoredKey>(record => new StoredKey(record.Key, new AdvisoryId("x")), "means advisory x");

    [Fact]
    public Task An_alias_that_leads_nowhere_is_found() => FindsAsync<StoredAdvisory>(record => record.Advisory.Id == One ? new StoredAdvisory(record.Advisory with { AliasOf = new AdvisoryId("x") }) : record, "alias of x");

    [Fact]
    public Task Aliases_in_a_circle_are_found() => FindsAsync<StoredAdvisory>(record => new StoredAdvisory(record.Advisory with { AliasOf = record.Advisory.Id }), "alias");

    [Fact]
    public Task A_stage_of_a_revision_that_is_not_there_is_found() => FindsAsync<StoredStage>(record => record with { Revision = new RevisionKey(One, 99) }, "in stage Pending");

    [Fact]
    public Task A_place_that_two_have_is_found() => FindsAsync<StoredStage>(record => record with { Place = 1 }, "same place");

    [Fact]
    public Task What_waits_for_the_operator_without_his_knowing_is_found() => FindsAsync<StoredStage>(record => record with { Stage = RevisionStage.Waiting, Place = 0 }, "nothing would ever release it");

    [Fact]
    public Task A_state_that_is_ahead_of_entries_is_found() => FindsAsync<StoredSource>(record => new StoredSource(record.State with { LastNew = record.State.LastNew?.AddHours(1) }), "no revision from it is as young");

    [Fact]
    public async Task A_renamed_source_is_well()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        shop.Sources[0] = shop.Sources[0] with { Id = new SourceId("wid-neu"), FormerIds = [shop.Sources[0].Id] };
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await shop.Writer.FlushAsync(Cancel);

        Assert.Empty((await VerifyAsync(shop, await Records.AllOfAsync(shop.Store))).Findings);
    }

    [Fact]
    public async Task A_source_whose_newest_revision_retention_took_is_well()
    {
        await using var shop = await Workshop.OpenAsync();
        var all = await Records.OfAsync(shop);
        SourceState Silent(int days) => new() { Source = new SourceId("still"), Address = "", LastNew = shop.Clock.GetUtcNow().AddDays(-days) };

        var old = await VerifyAsync(shop, new Records([new StoredSource(Silent(60)), .. all.All]));
        var young = await VerifyAsync(shop, new Records([new StoredSource(Silent(1)), .. all.All]));

        Assert.Empty(old.Findings);
        Assert.Equal("source 'still'", Assert.Single(young.Findings).Where);
    }

    [Fact]
    public async Task Editions_that_were_missing_from_the_start_are_not_waited_for()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var stored = Enumerable.Range(0, 2).Select(number => (StoreRecord)new StoredEdition(new Edition(-number, shop.Clock.GetUtcNow(), [], [], null)));

        var verdict = await Verification.RunAsync(new Records([.. stored]), shop.Shelf, clock, Cancel);

        Assert.Equal(2, verdict.Findings.Count(finding => finding.What == "it is not on the shelf"));
    }

    [Fact]
    public Task A_missing_edition_is_found() => FindsAsync<StoredEdition>(record => record.Edition.Number == 2 ? null : record, "follows edition 1");

    [Fact]
    public Task An_edition_that_is_not_later_than_the_one_before_is_found() => FindsAsync<StoredEdition>(
        record => new StoredEdition(record.Edition with { Instant = Make.Instant("2026-03-10T12:00Z") }), "not later");

    [Fact]
    public Task An_edition_that_publishes_what_is_not_there_is_found() => FindsAsync<StoredEdition>(
        record => new StoredEdition(record.Edition with { Publications = [.. record.Edition.Publications.Select(row => row with { Revision = row.Revision with { Number = 99 } })] }), "revision 99");

    [Fact]
    public Task An_edition_that_collects_in_a_digest_that_is_not_there_is_found() => FindsAsync<StoredEdition>(
        record => new StoredEdition(record.Edition with { Publications = [.. record.Edition.Publications.Select(row => row with { Digest = new AdvisoryId("kwid.sammel") })] }), "digest kwid.sammel");

    [Fact]
    public Task Rows_that_the_shelf_does_not_have_are_found() => FindsAsync<StoredEdition>(
        record => new StoredEdition(record.Edition with { Publications = [.. record.Edition.Publications.Skip(1)] }), "on the shelf are not its");

    [Fact]
    public async Task A_text_of_the_shelf_that_was_damaged_is_found_and_told_how_to_mend()
    {
        await using var shop = await Workshop.OpenAsync();
        var all = await Records.OfAsync(shop);
        await shop.AbandonAsync();
        var texts = Path.Combine(shop.ShelfFolder, "texts.bin");
        var bytes = await File.ReadAllBytesAsync(texts, Cancel);
        Array.Clear(bytes, 0, bytes.Length / 2);
        await File.WriteAllBytesAsync(texts, bytes, Cancel);
        await using var again = await Workshop.OpenAsync(before: shop);

        var verdict = await VerifyAsync(again, all);

        Assert.False(verdict.IsWell);
        Assert.All(verdict.Findings, finding => Assert.Contains("delete the folder 'shelf'", finding.Cure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shelf_that_shows_other_words_than_are_stored_is_found()
    {
        await using var shop = await Workshop.OpenAsync();
        var all = await Records.OfAsync(shop);
        var edition = new Edition(shop.Shelf.Last!.Value.Number + 1, shop.Clock.GetUtcNow(), [], [], null);
        var stored = all.All.OfType<StoredRevision>().Select(record => record.Revision).First(revision => shop.Shelf.FindText(revision.Key) is null);
        shop.Shelf.Append(edition, [stored with { Entry = stored.Entry with { Title = "Anderes" } }]);

        var verdict = await VerifyAsync(shop, all);

        Assert.Contains("not the one that is stored", Assert.Single(verdict.Findings).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_whose_text_the_shelf_has_lost_is_found()
    {
        await using var shop = await Workshop.OpenAsync();
        await Records.OfAsync(shop);
        var row = shop.Shelf.FindEdition(1)!.Publications[0] with { Revision = new RevisionKey(One, 77), Instant = shop.Clock.GetUtcNow() };
        var edition = new Edition(shop.Shelf.Last!.Value.Number + 1, shop.Clock.GetUtcNow(), [row], [], null);
        shop.Shelf.Append(edition, []);

        var verdict = await VerifyAsync(shop, await Records.AllOfAsync(shop.Store));

        Assert.Equal("revision 77 of WID-SEC-2026-0001", Assert.Single(verdict.Findings).Where);
    }

    [Fact]
    public async Task An_edition_that_the_shelf_does_not_have_is_found()
    {
        await using var shop = await Workshop.OpenAsync();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(11) };

        var verdict = await Verification.RunAsync(new Records([new StoredEdition(new Edition(1, shop.Clock.GetUtcNow(), [], [], null))]), shop.Shelf, clock, Cancel);

        Assert.Equal("it is not on the shelf", Assert.Single(verdict.Findings).What);
    }

    [Fact]
    public async Task Of_very_many_findings_the_first_are_told_and_all_are_counted()
    {
        await using var shop = await Workshop.OpenAsync();
        var many = new Records([.. Enumerable.Range(0, 1_000).Select(number => new StoredKey($"k{number}", new AdvisoryId("x")))]);

        var verdict = await VerifyAsync(shop, many);

        Assert.Equal((100, 1_000L), (verdict.Findings.Count, verdict.Found));
    }

    private static bool IsOne(RevisionKey key, int number) => key.Advisory == One && key.Number == number;

    private static async Task FindsAsync<T>(Func<T, T?> change, string what) where T : StoreRecord
    {
        await using var shop = await Workshop.OpenAsync();
        var all = await Records.OfAsync(shop);

        var verdict = await VerifyAsync(shop, all.With(change));

        Assert.Contains(verdict.Findings, finding => finding.What.Contains(what, StringComparison.Ordinal));
    }

    private static Task<Verdict> VerifyAsync(Workshop shop, Records records) => Verification.RunAsync(records, shop.Shelf, TimeProvider.System, Cancel);
}
