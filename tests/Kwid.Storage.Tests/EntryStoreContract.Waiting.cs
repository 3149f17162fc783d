using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Storage.Tests;

public abstract partial class EntryStoreContract
{
    private static readonly HeldBatch Held = new(Make.Instant("2026-03-01T09:00:00Z"), [Make.Revision("b").Key, Make.Revision("a").Key], "most of them repeat known titles");

    [Fact]
    public async Task What_waits_for_the_operator_is_stored_and_waits_for_no_edition()
    {
        await using var store = await ReopenedAfterAsync(store => store.CommitAsync(Waiting("b", "a"), Cancel));

        Assert.Empty(await PendingAsync(store));
        Assert.NotNull(await store.FindRevisionAsync(Make.Revision("a").Key, Cancel));
        Assert.Equal(Held.Revisions, (await store.LoadAsync(Cancel)).Sources.Single().Held!.Revisions);
    }

    [Fact]
    public async Task What_is_let_go_comes_in_the_order_given_behind_all_that_is_pending_together_with_the_state()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Waiting("b", "a", "c"), Cancel);
            await store.CommitAsync(Make.Batch(Make.Revision("m")), Cancel);
            await store.RestageAsync(Held.Revisions, RevisionStage.Pending, Make.State(cursor: "after"), Cancel);
            await store.CommitAsync(Make.Batch(Make.Revision("z")), Cancel);
        });

        Assert.Equal(["m/1", "b/1", "a/1", "z/1"], await PendingAsync(store));
        Assert.Equal(("after", null), ((await store.LoadAsync(Cancel)).Sources.Single().Cursor, (await store.LoadAsync(Cancel)).Sources.Single().Held));
    }

    [Fact]
    public async Task What_is_let_go_is_published_like_everything_pending()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Waiting("b", "a"), Cancel);
            await store.RestageAsync(Held.Revisions, RevisionStage.Pending, Make.State(), Cancel);
            await store.PublishAsync(Make.Edition(1), [Make.Decided("a"), Make.Decided("b", 1, RevisionStage.Held)], Cancel);
        });

        Assert.Empty(await PendingAsync(store));
    }

    [Fact]
    public async Task What_is_discarded_stays_stored_and_is_never_announced()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Waiting("b", "a"), Cancel);
            await store.RestageAsync(Held.Revisions, RevisionStage.Backlog, Make.State(), Cancel);
        });

        Assert.Empty(await PendingAsync(store));
        Assert.NotNull(await store.FindRevisionAsync(Make.Revision("a").Key, Cancel));
        Assert.Empty(await store.RestageAsync(Held.Revisions, RevisionStage.Pending, Make.State(), Cancel));
        Assert.Empty(await PendingAsync(store));
    }

    [Theory]
    [InlineData(RevisionStage.Pending)]
    [InlineData(RevisionStage.Published)]
    [InlineData(RevisionStage.Held)]
    [InlineData(RevisionStage.Backlog)]
    [InlineData(null)]
    public async Task What_does_not_wait_stays_where_it_is_and_keeps_the_others_not_back(RevisionStage? stage)
    {
        await using var store = await OpenAsync(Folder);
        await store.CommitAsync(Waiting("b"), Cancel);
        if (stage is { } other) await store.CommitAsync(Make.Batch(other, null, Make.Revision("a")), Cancel);
        var before = await PendingAsync(store);

        var moved = await store.RestageAsync(Held.Revisions, RevisionStage.Pending, Make.State(cursor: "after"), Cancel);

        Assert.Equal([Make.Revision("b").Key], moved);
        Assert.Equal(before.Append("b/1"), await PendingAsync(store));
        Assert.Equal("after", (await store.LoadAsync(Cancel)).Sources.Single().Cursor);
    }

    [Theory]
    [InlineData(RevisionStage.Waiting)]
    [InlineData(RevisionStage.Published)]
    [InlineData(RevisionStage.Held)]
    [InlineData(RevisionStage.Backlog)]
    public async Task What_is_newer_of_its_advisory_goes_with_what_is_let_go_wherever_it_stood(RevisionStage stage)
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Waiting("b", "a"), Cancel);
            await store.CommitAsync(Make.Batch(RevisionStage.Pending, null, Make.Revision("a", 2)), Cancel);
            await store.PublishAsync(Make.Edition(1), [Make.Decided("a", 2)], Cancel);
            await store.CommitAsync(Make.Batch(stage, null, Make.Revision("a", 3)), Cancel);
            await store.CommitAsync(Make.Batch(RevisionStage.Pending, null, Make.Revision("a", 4)), Cancel);
            await store.RestageAsync(Held.Revisions, RevisionStage.Pending, Make.State(), Cancel);
        });

        Assert.Equal(["a/4", "b/1", "a/1", "a/2", "a/3"], await PendingAsync(store));
    }

    [Fact]
    public async Task What_is_newer_stays_where_it_is_when_the_older_is_discarded()
    {
        await using var store = await OpenAsync(Folder);
        await store.CommitAsync(Waiting("a"), Cancel);
        await store.CommitAsync(Make.Batch(RevisionStage.Waiting, null, Make.Revision("a", 2)), Cancel);

        await store.RestageAsync(Held.Revisions, RevisionStage.Backlog, Make.State(), Cancel);

        Assert.Equal([Make.Revision("a", 2).Key], await store.RestageAsync([Make.Revision("a", 2).Key], RevisionStage.Pending, Make.State(), Cancel));
    }

    [Fact]
    public async Task A_revision_named_twice_goes_once()
    {
        await using var store = await OpenAsync(Folder);
        await store.CommitAsync(Waiting("a"), Cancel);

        Assert.Single(await store.RestageAsync([Make.Revision("a").Key, Make.Revision("a").Key], RevisionStage.Pending, Make.State(), Cancel));

        Assert.Equal(["a/1"], await PendingAsync(store));
    }

    private static IngestBatch Waiting(params string[] advisories) =>
        Make.Batch(RevisionStage.Waiting, Make.State() with { Held = Held }, [.. advisories.Select(advisory => Make.Revision(advisory))]);
}
