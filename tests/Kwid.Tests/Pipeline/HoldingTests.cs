using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Sources;
using Kwid.Core.Storage;

namespace Kwid.Tests.Pipeline;

/// <summary>What waits for the operator goes when it is told to, or after six hours; nothing is lost by waiting.</summary>
public class HoldingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_in_no_feed_and_what_is_released_goes_out_by_the_ordinary_rules()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 25);
        await shop.PublishAsync();
        Assert.DoesNotContain("Libfoo 2:", shop.Feed(), StringComparison.Ordinal);

        var released = await shop.Holding.ReleaseAsync(shop.Sources[0], Cancel);
        await shop.PublishAsync();

        Assert.Equal(25, released);
        Assert.Contains("BSI CERT-Bund WID: 25 Hinweise", shop.Feed(), StringComparison.Ordinal);
        Assert.Contains("Libfoo 2:", shop.Feed(), StringComparison.Ordinal);
        Assert.Null(shop.States.Of(shop.Sources[0]).Held);
        Assert.Equal(0, await shop.Holding.ReleaseAsync(shop.Sources[0], Cancel));
    }

    [Fact]
    public async Task What_is_discarded_is_stored_and_never_announced_also_when_it_is_touched_up_later()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 3);

        Assert.Equal(3, await shop.Holding.DiscardAsync(shop.Sources[0], Cancel));
        await shop.PublishAsync();

        Assert.DoesNotContain("Libfoo 2:", shop.Feed(), StringComparison.Ordinal);
        Assert.NotNull(await shop.Store.FindRevisionAsync(KeyOf(2), Cancel));
        Assert.Empty(await shop.Store.ReadPendingAsync(Cancel));
        await shop.AbandonAsync();
        await using var restarted = await Workshop.OpenAsync(before: shop);
        var report = await restarted.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 9)));
        Assert.Equal(1, report.Revised);
        Assert.DoesNotContain("Libfoo 2:", restarted.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_six_hours_a_batch_is_released_by_itself_and_not_before_also_after_a_restart()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 3);
        await shop.AbandonAsync();
        await using var restarted = await Workshop.OpenAsync(before: shop);

        restarted.Clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromSeconds(1));
        Assert.Empty(await restarted.Holding.ReleaseDueAsync(Cancel));
        restarted.Clock.Advance(TimeSpan.FromSeconds(1));
        var released = await restarted.Holding.ReleaseDueAsync(Cancel);
        await restarted.PublishAsync();

        Assert.Equal([new ReleasedBatch(restarted.Sources[0].Id, 3, null)], released);
        Assert.Contains("Libfoo 3:", restarted.Feed(), StringComparison.Ordinal);
        Assert.Empty(await restarted.Holding.ReleaseDueAsync(Cancel));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_lets_no_batch_wait_longer()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 3);

        shop.Clock.Jump(TimeSpan.FromDays(-2));
        var released = await shop.Holding.ReleaseDueAsync(Cancel);
        await shop.PublishAsync();

        Assert.Equal([new ReleasedBatch(shop.Sources[0].Id, 3, null)], released);
        Assert.Contains("Libfoo 3:", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_longer_waits_keeps_the_rest_not_back_and_is_forgotten()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 3);
        shop.Sources.Add(Make.Source("andere", "https://other.example/feed"));
        shop.States.Learn([shop.States.Of(shop.Sources[1]) with { Held = new HeldBatch(shop.Clock.GetUtcNow(), [KeyOf(1)], "made up") }]);
        shop.Clock.Advance(Holding.Longest);

        var released = await shop.Holding.ReleaseDueAsync(Cancel);

        Assert.Equal([("bsi-wid", 3)], released.Select(batch => (batch.Source.ToString(), batch.Advisories)));
        Assert.All(shop.Sources, source => Assert.Null(shop.States.Of(source).Held));
    }

    [Fact]
    public async Task A_renamed_source_releases_what_waits_under_its_former_id()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 3);
        shop.Sources[0] = shop.Sources[0] with { Id = new SourceId("bsi"), FormerIds = [new SourceId("bsi-wid")] };

        Assert.Equal(3, await shop.Holding.ReleaseAsync(shop.Sources[0], Cancel));
        shop.Clock.Advance(Holding.Longest);
        await shop.Holding.ReleaseDueAsync(Cancel);

        Assert.All(shop.States.All, state => Assert.Null(state.Held));
    }

    [Fact]
    public async Task Of_an_advisory_that_was_revised_while_it_waited_the_newest_revision_is_shown_once()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 1);
        var revised = (await shop.Store.FindRevisionAsync(KeyOf(2), Cancel))!;
        revised = revised with { Key = KeyOf(2, 2), Entry = revised.Entry with { Severity = Severity.Critical, Title = "Libfoo 2: jetzt schlimmer" } };
        await CommitAsync(shop, [revised], [KeyOf(2), KeyOf(2, 2)]);

        Assert.Equal(1, await shop.Holding.ReleaseAsync(shop.Sources[0], Cancel));
        await shop.PublishAsync();

        Assert.Contains("[KRITISCH] Libfoo 2: jetzt schlimmer", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("Libfoo 2: Schwachstelle", shop.Feed(), StringComparison.Ordinal);
        Assert.Single(shop.Feed().Split("WID-SEC-2026-0002/r2</id>").SkipLast(1));
    }

    [Fact]
    public async Task What_another_source_told_meanwhile_is_not_told_again_nor_overwritten_by_what_waited()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 1);
        var newer = (await shop.Store.FindRevisionAsync(KeyOf(2), Cancel))! with { Key = KeyOf(2, 2), Changes = [new Change("source", "source", "bsi-wid", "andere")] };
        newer = newer with { Entry = newer.Entry with { Title = "Libfoo 2: von anderswo" } };
        await shop.Store.CommitAsync(
            new IngestBatch([new StagedRevision(newer, RevisionStage.Pending)], [new Advisory(KeyOf(2).Advisory, new SourceId("andere"), 2, Fingerprint.Of(newer.Entry))], [], null), Cancel);
        await shop.PublishAsync();
        var before = shop.Feed();
        Assert.Contains("Libfoo 2: von anderswo", before, StringComparison.Ordinal);

        Assert.Equal(1, await shop.Holding.ReleaseAsync(shop.Sources[0], Cancel));
        Assert.Null(await shop.PublishAsync());

        Assert.Equal(before, shop.Feed());
        Assert.Empty(await shop.Store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task What_waits_is_not_told_when_another_source_has_put_a_closer_label_on_it_meanwhile()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 2);
        await NewerAsync(shop, entry => entry with { Tlp = Tlp.Amber });
        await shop.PublishAsync();

        Assert.Equal(2, await shop.Holding.ReleaseAsync(shop.Sources[0], Cancel));
        await shop.PublishAsync();

        Assert.Contains("Libfoo 3:", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("Libfoo 2:", shop.Feed(), StringComparison.Ordinal);
        Assert.Empty(await shop.Store.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task What_was_taken_back_while_it_waited_is_not_told_as_if_it_stood()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 2);
        await NewerAsync(shop, entry => entry with { Withdrawn = "Fehlalarm" });
        await shop.PublishAsync();

        await shop.Holding.ReleaseAsync(shop.Sources[0], Cancel);
        await shop.PublishAsync();

        Assert.Contains("Libfoo 3:", shop.Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain("Libfoo 2:", shop.Feed(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_waits_for_the_sources_poll_that_runs()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 3);
        var poll = await shop.Turns.TakeAsync(shop.Sources[0].Id, Cancel);

        var release = shop.Holding.ReleaseAsync(shop.Sources[0], Cancel);
        Assert.False(release.IsCompleted);
        poll.Dispose();

        Assert.Equal(3, await release);
    }

    [Fact]
    public async Task A_poll_after_a_release_does_not_bring_the_batch_back()
    {
        await using var shop = await OpenedAsync();
        await WaitAsync(shop, 2, 3);
        await shop.Holding.ReleaseAsync(shop.Sources[0], Cancel);

        await shop.TellAsync(null);

        Assert.Null((await shop.Store.LoadAsync(Cancel)).Sources.Single().Held);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_of_whose_commit_the_answer_was_lost_is_released_in_the_end(bool isPolledAgain)
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(Hundred(""));
        var store = LosingStore.Around(shop.Store, nameof(IEntryStore.CommitAsync));
        using var ledger = new Ledger(store, new KnownAdvisories(), shop.States, id => shop.Sources.Find(source => source.Id == id), shop.Clock);
        ledger.Learn(await shop.Store.LoadAsync(Cancel));
        var ingest = new Ingest(store, ledger, shop.States, new Walks(shop.Network, shop.Clock), shop.Watch, () => true, shop.Clock, turns: shop.Turns);
        shop.Network.Body = Hundred("new-");

        await Assert.ThrowsAsync<StoreException>(() => ingest.RunAsync(shop.Sources[0], Workshop.Policy, Cancel));
        await shop.Writer.FlushAsync(Cancel);
        if (isPolledAgain) await ingest.RunAsync(shop.Sources[0], Workshop.Policy, Cancel);
        else await ledger.SettleAsync(Cancel);
        await shop.Writer.FlushAsync(Cancel);

        Assert.Equal(100, (await shop.Store.LoadAsync(Cancel)).Sources.Single().Held?.Advisories);
        shop.Clock.Advance(Holding.Longest);
        Assert.Equal([new ReleasedBatch(shop.Sources[0].Id, 100, null)], await shop.Holding.ReleaseDueAsync(Cancel));
        Assert.Equal(100, (await shop.Store.ReadPendingAsync(Cancel)).Count);
    }

    private static string Hundred(string guid) =>
        ScriptedFetcher.Vendor(Enumerable.Range(1, 100).Select(number => ($"{guid}{number}", $"Libfoo {number}", (int?)(1 + number % 9))), $"https://upstream.example/{guid}");

    private static async Task<Workshop> OpenedAsync()
    {
        var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        return shop;
    }

    /// <summary>Commits new advisories as a batch that waits, as the ingest does.</summary>
    private static Task WaitAsync(Workshop shop, int first, int count)
    {
        var keys = Enumerable.Range(first, count).Select(number => KeyOf(number)).ToList();
        return CommitAsync(shop, [.. keys.Select(Waiting)], keys);
    }

    private static async Task CommitAsync(Workshop shop, IReadOnlyList<Revision> revisions, IReadOnlyList<RevisionKey> held)
    {
        var state = shop.States.Of(shop.Sources[0]) with { Held = new HeldBatch(shop.Clock.GetUtcNow(), held, "most of them repeat known titles") };
        await shop.Store.CommitAsync(
            new IngestBatch(
                [.. revisions.Select(revision => new StagedRevision(revision, RevisionStage.Waiting))],
                [.. revisions.Select(revision => new Advisory(revision.Key.Advisory, shop.Sources[0].Id, revision.Key.Number, Fingerprint.Of(revision.Entry)))],
                [.. revisions.Select(revision => KeyValuePair.Create("n:" + revision.Key.Advisory, revision.Key.Advisory))],
                state),
            Cancel);
        shop.States.Learn([state]);
    }

    /// <summary>Another source says something else of the second advisory, which waits.</summary>
    private static async Task NewerAsync(Workshop shop, Func<Entry, Entry> says)
    {
        var waiting = (await shop.Store.FindRevisionAsync(KeyOf(2), Cancel))!;
        await shop.StoreAsync(waiting with { Key = KeyOf(2, 2), Entry = says(waiting.Entry), Changes = [new Change("source", "source", "bsi-wid", "andere")] });
    }

    private static Revision Waiting(RevisionKey key)
    {
        var number = int.Parse(key.Advisory.ToString()[^4..], System.Globalization.CultureInfo.InvariantCulture);
        var entry = Make.Entry($"https://wid.cert-bund.de/portal/wid/securityadvisory?name={key.Advisory}", $"Libfoo {number}: Schwachstelle", key.Advisory.ToString(), severity: Severity.Medium);
        return new Revision(key, Make.Instant("2026-03-10T12:00:00Z"), entry, []) { Origin = Origin.Of(Make.Source()) };
    }

    private static RevisionKey KeyOf(int advisory, int number = 1) => new(new AdvisoryId($"WID-SEC-2026-{advisory:D4}"), number);
}
