using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Storage.Tests;

public abstract partial class EntryStoreContract
{
    [Fact]
    public async Task Pending_revisions_come_in_the_order_of_their_commits_also_after_reopening()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Make.Batch(Make.Revision("z"), Make.Revision("a"), Make.Revision("z", 2)), Cancel);
            await store.CommitAsync(Make.Batch(Make.Revision("m")), Cancel);
        });
        await store.CommitAsync(Make.Batch(Make.Revision("b"), Make.Revision("a", 2)), Cancel);

        Assert.Equal(["z/1", "a/1", "z/2", "m/1", "b/1", "a/2"], await PendingAsync(store));
    }

    [Fact]
    public async Task What_is_committed_after_an_edition_comes_after_what_still_waits()
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Make.Batch(Make.Revision("x"), Make.Revision("y")), Cancel);
            await store.PublishAsync(Make.Edition(1), [Make.Decided("y")], Cancel);
        });
        await store.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);

        Assert.Equal(["x/1", "a/1"], await PendingAsync(store));
    }

    [Theory]
    [InlineData(RevisionStage.Pending, true)]
    [InlineData(RevisionStage.Published, false)]
    [InlineData(RevisionStage.Held, false)]
    [InlineData(RevisionStage.Backlog, false)]
    public async Task Only_the_pending_wait_for_an_edition_whether_they_began_so_or_were_decided_so(RevisionStage stage, bool waits)
    {
        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.CommitAsync(Make.Batch(stage, null, Make.Revision("began")), Cancel);
            await store.CommitAsync(Make.Batch(Make.Revision("decided")), Cancel);
            await store.PublishAsync(Make.Edition(1), [Make.Decided("decided", 1, stage)], Cancel);
        });

        Assert.Equal(waits ? ["began/1", "decided/1"] : [], await PendingAsync(store));
        Assert.NotNull(await store.FindRevisionAsync(Make.Revision("began").Key, Cancel));
        Assert.NotNull(await store.FindRevisionAsync(Make.Revision("decided").Key, Cancel));
    }

    [Fact]
    public async Task An_edition_is_read_back_as_it_was_written()
    {
        var full = Make.Edition(1, [.. Enum.GetValues<PublicationKind>().Select(kind => Make.Publication("a", 1, kind) with { Digest = kind is PublicationKind.Collected ? new AdvisoryId("kwid.sammel.bsi-wid.1") : null })]) with
        {
            Feeds = [new FeedChange("05315000", "Köln", new Segment("default", 1), false), new FeedChange("05315000/dringend", "", null, true)],
            Look = "f00",
            Authored = [Make.Revision("kwid.sammel.bsi-wid.1") with { IsAuthored = true }, Make.Revision("kwid.stoerung.202603010900", 2)],
        };
        var bare = Make.Edition(2);

        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.PublishAsync(full, [], Cancel);
            await store.PublishAsync(bare, [], Cancel);
        });

        Whole.Equal([full, bare], await EditionsAsync(store));
        Whole.Equal([bare], await EditionsAsync(store, after: 1));
        Whole.Equal([], await EditionsAsync(store, after: 2));
        Assert.Equal((2, bare.Instant), (await store.LoadAsync(Cancel)).LastEdition);
    }

    [Fact]
    public async Task An_edition_of_a_first_start_with_thousands_of_publications_keeps_them_in_order()
    {
        var large = Make.Edition(1, [.. Enumerable.Range(0, 12_001).Select(index => Make.Publication($"a{index}"))]) with { Look = "f00" };
        var next = Make.Edition(2, Make.Publication("b"));

        await using var store = await ReopenedAfterAsync(async store =>
        {
            await store.PublishAsync(large, [], Cancel);
            await store.PublishAsync(next, [], Cancel);
        });

        Whole.Equal([large, next], await EditionsAsync(store));
        Whole.Equal([next], await EditionsAsync(store, after: 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_edition_that_is_not_the_next_is_refused_and_decides_nothing(int number)
    {
        await using var store = await OpenAsync(Folder);
        await store.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);
        await store.PublishAsync(Make.Edition(1), [], Cancel);

        var refusal = await Assert.ThrowsAsync<StoreException>(() => store.PublishAsync(Make.Edition(number), [Make.Decided("a")], Cancel));

        Assert.Contains("edition 2 is the next", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["a/1"], await PendingAsync(store));
        Assert.Single(await EditionsAsync(store));
    }

    [Fact]
    public async Task An_edition_that_decides_what_does_not_wait_is_refused_whole()
    {
        await using var store = await OpenAsync(Folder);
        await store.CommitAsync(Make.Batch(Make.Revision("a"), Make.Revision("b")), Cancel);
        await store.PublishAsync(Make.Edition(1), [Make.Decided("a")], Cancel);

        await Assert.ThrowsAsync<StoreException>(() => store.PublishAsync(Make.Edition(2), [Make.Decided("b"), Make.Decided("a")], Cancel));
        await Assert.ThrowsAsync<StoreException>(() => store.PublishAsync(Make.Edition(2), [Make.Decided("b"), Make.Decided("unknown")], Cancel));

        Assert.Equal(["b/1"], await PendingAsync(store));
        Assert.Equal((1, Make.Edition(1).Instant), (await store.LoadAsync(Cancel)).LastEdition);
    }
}
