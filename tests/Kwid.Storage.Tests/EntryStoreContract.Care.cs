using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Storage.Tests;

/// <summary>Care of the whole: all of it read at one moment, filled into another store, forgotten in part; capabilities and audit.</summary>
public abstract partial class EntryStoreContract
{
    [Fact]
    public async Task All_of_a_store_filled_into_an_empty_one_is_the_same_again_and_goes_on_the_same_way()
    {
        await using var store = await OpenAsync(Folder);
        await FillAsync(store);
        var all = await AllAsync(store);
        await using var other = await OpenAnotherAsync();

        await other.FillAsync(Stream(all), Cancel);

        Whole.Equal(all.ConvertAll(record => (object)record), (await AllAsync(other)).ConvertAll(record => (object)record));
        Whole.Equal(await store.LoadAsync(Cancel), await other.LoadAsync(Cancel));
        Assert.Equal(await PendingAsync(store), await PendingAsync(other));
        await other.CommitAsync(Make.Batch(Make.Revision("a", 3)), Cancel);
        await other.PublishAsync(Make.Edition(3), [Make.Decided("a", 3)], Cancel);
        await other.SaveAccessAsync([], [Event("again")], Cancel);
        Assert.Equal(["issued 1", "revoked 2", "again 3"], await AuditAsync(other));
    }

    [Fact]
    public async Task Trying_out_leaves_nothing_behind()
    {
        await using var store = await OpenAsync(Folder);
        await FillAsync(store);
        var before = await AllAsync(store);

        await store.TryOutAsync(Cancel);

        Whole.Equal(before.ConvertAll(record => (object)record), (await AllAsync(store)).ConvertAll(record => (object)record));
    }

    [Fact]
    public async Task All_of_a_store_names_every_collection_in_its_order()
    {
        await using var store = await OpenAsync(Folder);
        await FillAsync(store);

        var kinds = (await AllAsync(store)).Select(record => record.GetType().Name).Distinct();

        Assert.Equal(
            [nameof(StoredSource), nameof(StoredAdvisory), nameof(StoredKey), nameof(StoredRevision), nameof(StoredStatement), nameof(StoredFact), nameof(StoredStage), nameof(StoredEdition), nameof(StoredCapability), nameof(StoredAudit)],
            kinds);
    }

    [Fact]
    public async Task What_is_written_while_all_of_it_is_read_is_not_in_it()
    {
        await using var store = await OpenAsync(Folder);
        await store.CommitAsync(Make.Batch([.. Enumerable.Range(0, 1_200).Select(index => Make.Revision($"a{index:D4}"))]), Cancel);
        var read = 0;
        await foreach (var record in store.ReadAllAsync(Cancel))
        {
            if (read++ == 0) await store.CommitAsync(Make.Batch(Make.Revision("late")), Cancel);
            Assert.NotEqual("late", (record as StoredRevision)?.Revision.Key.Advisory.ToString());
            Assert.NotEqual("late", (record as StoredAdvisory)?.Advisory.Id.ToString());
        }

        Assert.Equal(4 * 1_200, read);
        Assert.Equal(1_201, (await store.LoadAsync(Cancel)).Advisories.Count);
    }

    [Fact]
    public async Task A_store_with_anything_in_it_is_not_filled()
    {
        await using var store = await OpenAsync(Folder);
        await store.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);

        var refusal = await Assert.ThrowsAsync<StoreException>(() => store.FillAsync(Stream([]), Cancel));

        Assert.Contains("not empty", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filling_that_broke_off_leaves_an_empty_store_or_one_that_refuses_to_open()
    {
        await using (var store = await OpenAsync(Folder))
            await Assert.ThrowsAsync<InvalidOperationException>(() => store.FillAsync(Broken(), Cancel));

        try
        {
            await using var store = await OpenAsync(Folder);
            Assert.Empty((await store.LoadAsync(Cancel)).Advisories);
        }
        catch (StoreException refusal)
        {
            Assert.Contains("did not end", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Revisions_come_page_by_page_each_once_and_those_of_an_advisory_by_their_numbers()
    {
        await using var store = await OpenAsync(Folder);
        await store.CommitAsync(Make.Batch(Make.Revision("b"), Make.Revision("B"), Make.Revision("a"), Make.Revision("a", 2), Make.Revision("a-b"), Make.Revision("a.b")), Cancel);
        var (read, after) = (new List<string>(), (RevisionKey?)null);
        while (await store.ReadRevisionsAsync(after, 2, Cancel) is { Count: > 0 } page)
        {
            read.AddRange(page.Select(revision => $"{revision.Key.Advisory}/{revision.Key.Number}"));
            after = page[^1].Key;
        }

        Assert.Equal(["B/1", "a-b/1", "a.b/1", "a/1", "a/2", "b/1"], read.Order(StringComparer.Ordinal));
        Assert.Equal(read.IndexOf("a/1") + 1, read.IndexOf("a/2"));
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_and_nothing_else()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await FillAsync(store);
            await store.ForgetAsync(
                new Forgetting
                {
                    Bared = [Make.Revision("b", 1, Make.BareEntry("")), Make.Revision("unknown")],
                    Revisions = [Make.Revision("a").Key, Make.Revision("unknown").Key],
                    Statements = [new AdvisoryId("a")],
                    Editions = [Make.Edition(1) with { Feeds = [new FeedChange("05315000", "Köln", new Segment("default", 1), false)] }, Make.Edition(77)],
                },
                Cancel);
        });

        Assert.Null(await store.FindRevisionAsync(Make.Revision("a").Key, Cancel));
        Assert.NotNull(await store.FindRevisionAsync(Make.Revision("a", 2).Key, Cancel));
        Assert.Equal("", (await store.FindRevisionAsync(Make.Revision("b").Key, Cancel))!.Entry.Text);
        Assert.Null(await store.FindRevisionAsync(Make.Revision("unknown").Key, Cancel));
        Assert.Empty(await store.ReadStatementsAsync(new AdvisoryId("a"), Cancel));
        Assert.Single(await store.ReadStatementsAsync(new AdvisoryId("b"), Cancel));
        var editions = await EditionsAsync(store);
        Assert.Equal([1, 2], editions.Select(edition => edition.Number));
        Assert.Empty(editions[0].Publications);
        Assert.Single(editions[0].Feeds);
        var contents = await store.LoadAsync(Cancel);
        Assert.Equal((2, Make.Edition(2).Instant), contents.LastEdition);
        Assert.Equal(3, contents.Advisories.Count);
        Assert.Equal(["b/1", "c/1"], await PendingAsync(store));
    }

    [Fact]
    public async Task Stages_tell_the_revisions_that_are_not_published()
    {
        await using var store = await OpenAsync(Folder);
        await FillAsync(store);
        await store.CommitAsync(Make.Batch(RevisionStage.Backlog, null, Make.Revision("d")), Cancel);

        Assert.Equal(["b", "c"], (await store.ReadStagedAsync(RevisionStage.Pending, Cancel)).Select(key => key.Advisory.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal([Make.Revision("a", 2).Key], await store.ReadStagedAsync(RevisionStage.Held, Cancel));
        Assert.Equal([Make.Revision("d").Key], await store.ReadStagedAsync(RevisionStage.Backlog, Cancel));
        Assert.Empty(await store.ReadStagedAsync(RevisionStage.Waiting, Cancel));
        Assert.Empty(await store.ReadStagedAsync(RevisionStage.Published, Cancel));
    }

    [Fact]
    public async Task Old_lines_of_the_audit_log_are_forgotten_but_never_the_last()
    {
        await using var store = await OpenAsync(Folder);
        var later = Event("later") with { At = Event("").At.AddDays(1) };
        await store.SaveAccessAsync([], [Event("one"), Event("two"), later, Event("late")], Cancel);

        await store.ForgetAsync(new Forgetting { AuditUntil = later.At }, Cancel);
        Assert.Equal(["later 3", "late 4"], await AuditAsync(store));
        await store.ForgetAsync(new Forgetting { AuditUntil = later.At.AddDays(1) }, Cancel);
        Assert.Equal(["late 4"], await AuditAsync(store));
        await store.SaveAccessAsync([], [Event("next")], Cancel);

        Assert.Equal(["late 4", "next 5"], await AuditAsync(store));
    }

    [Fact]
    public async Task An_audit_log_that_retention_has_shortened_is_filled_with_its_numbers()
    {
        await using var store = await OpenAsync(Folder);
        var later = Event("later") with { At = Event("").At.AddDays(1) };
        await store.SaveAccessAsync([], [Event("one"), Event("two"), later, later with { What = "late" }], Cancel);
        await store.ForgetAsync(new Forgetting { AuditUntil = later.At }, Cancel);
        await using var other = await OpenAnotherAsync();

        await other.FillAsync(Stream(await AllAsync(store)), Cancel);

        Assert.Equal(["later 3", "late 4"], await AuditAsync(other));
        await other.SaveAccessAsync([], [Event("next")], Cancel);
        Assert.Equal(["next 5"], await AuditAsync(other, after: 4));
    }

    [Fact]
    public async Task Capabilities_are_replaced_by_id_and_the_audit_log_only_grows()
    {
        var issued = new Capability("k1", "hash", "05315000", "IT-Leitung", Make.Instant("2026-03-01T10:00:00Z"));
        var ended = issued with { Ended = issued.Issued.AddDays(1), Expires = issued.Issued.AddDays(9), Successor = "k2", LastUsed = issued.Issued.AddHours(3), LastReader = "Thunderbird" };
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.SaveAccessAsync([issued], [Event("issued"), Event("told")], Cancel);
            await store.SaveAccessAsync([ended, issued with { Id = "k2" }], [Event("rotated")], Cancel);
            await store.SaveAccessAsync([], [], Cancel);
        });

        Whole.Equal<IReadOnlyList<Capability>>([ended, issued with { Id = "k2" }], (await store.LoadAsync(Cancel)).Capabilities);
        Assert.Equal(["issued 1", "told 2", "rotated 3"], await AuditAsync(store));
        Assert.Equal(["rotated 3"], await AuditAsync(store, after: 2));
    }

    /// <summary>A second store beside the one under test.</summary>
    protected virtual Task<IStore> OpenAnotherAsync() => OpenAsync(Path.Combine(Folder, "other"));

    private static AuditEvent Event(string what) => new(Make.Instant("2026-03-01T10:00:00Z"), what, "05315000", null);

    /// <summary>Something of everything.</summary>
    private static async Task FillAsync(IStore store)
    {
        await store.CommitAsync(
            Make.Batch(RevisionStage.Pending, Make.State(cursor: "Seite ä"), Make.Revision("a", 1, Make.FullEntry()), Make.Revision("b"), Make.Revision("a", 2)) with
            {
                Statements = [new Statement(new AdvisoryId("a"), Make.FullEntry()), new Statement(new AdvisoryId("b"), Make.BareEntry())],
                Facts = [new SourceFact(new SourceId("cisa-kev"), new Fact(new CveId("CVE-2026-0001")) { Exploitation = new Exploitation(ExploitationLevel.Exploited, "CISA KEV", null) })],
            },
            Cancel);
        await store.CommitAsync(Make.Batch(RevisionStage.Pending, null, Make.Revision("c")), Cancel);
        await store.CommitAsync(Make.Keys((new string('ä', 600), "a"), ("\u0000", "b"), ("", "c")), Cancel);
        await store.PublishAsync(Make.Edition(1, Make.Publication("a")) with { Authored = [Make.Revision("kwid.sammel.x.1")] }, [Make.Decided("a"), Make.Decided("a", 2, RevisionStage.Held)], Cancel);
        await store.PublishAsync(Make.Edition(2, Make.Publication("c")), [], Cancel);
        await store.SaveAccessAsync([new Capability("k1", "hash", "05315000", "IT", Make.Instant("2026-03-01T10:00:00Z"))], [Event("issued"), Event("revoked")], Cancel);
    }

    private static async Task<List<StoreRecord>> AllAsync(IStore store)
    {
        var all = new List<StoreRecord>();
        await foreach (var record in store.ReadAllAsync(Cancel)) all.Add(record);
        return all;
    }

    private static async Task<List<string>> AuditAsync(IStore store, long after = 0)
    {
        var log = new List<string>();
        await foreach (var one in store.ReadAuditAsync(after, Cancel)) log.Add($"{one.What} {one.Number}");
        return log;
    }

    private static async IAsyncEnumerable<StoreRecord> Stream(IEnumerable<StoreRecord> records)
    {
        await Task.CompletedTask;
        foreach (var record in records) yield return record;
    }

    private static async IAsyncEnumerable<StoreRecord> Broken()
    {
        await Task.CompletedTask;
        for (var i = 0; i < 1_000; i++) yield return new StoredAdvisory(Make.Advisory($"a{i}"));
        throw new InvalidOperationException("the tape is torn");
    }
}
