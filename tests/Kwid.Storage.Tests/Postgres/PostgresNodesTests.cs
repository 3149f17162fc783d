using Kwid.Core.Model;
using Kwid.Core.Storage;
using Kwid.Postgres;
using Kwid.Testing;

namespace Kwid.Storage.Tests.Postgres;

/// <summary>Two processes on one database: neither overwrites what it does not know.</summary>
public sealed class PostgresNodesTests(PostgresDatabases databases)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_that_commit_the_same_next_revision_one_is_refused()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var one = await PostgresStore.OpenAsync(connection, null, Cancel);
        await using var other = await PostgresStore.OpenAsync(connection, null, Cancel);

        for (var number = 1; number <= 20; number++)
        {
            var refusals = await RefusalsAsync(one.CommitAsync(Make.Batch(Make.Revision("a", number)), Cancel), other.CommitAsync(Make.Batch(Make.Revision("a", number)), Cancel));

            Assert.Contains($"revision {number + 1} is the next", Assert.Single(refusals), StringComparison.Ordinal);
        }

        Assert.Equal(Enumerable.Range(1, 20), (await one.ReadPendingAsync(Cancel)).Select(revision => revision.Key.Number));
    }

    [Fact]
    public async Task Of_two_that_publish_the_same_edition_one_is_refused()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var one = await PostgresStore.OpenAsync(connection, null, Cancel);
        await using var other = await PostgresStore.OpenAsync(connection, null, Cancel);
        await one.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);

        var refusals = await RefusalsAsync(one.PublishAsync(Make.Edition(1), [Make.Decided("a")], Cancel), other.PublishAsync(Make.Edition(1), [Make.Decided("a")], Cancel));

        Assert.Contains("edition 2 is the next", Assert.Single(refusals), StringComparison.Ordinal);
        Assert.Equal(1, await one.ReadEditionsAsync(0, Cancel).CountAsync(Cancel));
        Assert.Empty(await other.ReadPendingAsync(Cancel));
    }

    [Fact]
    public async Task What_two_commit_at_once_is_pending_whole_batch_after_whole_batch()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var one = await PostgresStore.OpenAsync(connection, null, Cancel);
        await using var other = await PostgresStore.OpenAsync(connection, null, Cancel);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(batch => (batch % 2 == 0 ? one : other).CommitAsync(
            Make.Batch(RevisionStage.Pending, Make.State($"s{batch}"), [.. Enumerable.Range(0, 5).Select(index => Make.Revision($"a{batch}.{index}"))]), Cancel)));

        var pending = (await one.ReadPendingAsync(Cancel)).Select(revision => revision.Key.Advisory.ToString()).ToList();
        Assert.Equal(200, pending.Count);
        Assert.All(pending.Chunk(5), batch => Assert.Equal(Enumerable.Range(0, 5).Select(index => $"{batch[0].Split('.')[0]}.{index}"), batch));
    }

    [Fact]
    public async Task Many_sources_saved_by_two_at_once_do_not_get_in_each_others_way()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var one = await PostgresStore.OpenAsync(connection, null, Cancel);
        await using var other = await PostgresStore.OpenAsync(connection, null, Cancel);
        var states = Enumerable.Range(0, 50).Select(index => Make.State($"s{index}", "cursor")).ToList();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(round => (round % 2 == 0 ? one : other).SaveSourcesAsync([.. states.OrderBy(_ => Random.Shared.Next())], Cancel)));

        Assert.Equal(50, (await one.LoadAsync(Cancel)).Sources.Count);
    }

    private static async Task<List<string>> RefusalsAsync(params Task[] calls)
    {
        await Task.WhenAll(calls).ContinueWith(_ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        return [.. calls.Where(call => call.IsFaulted).Select(call => Assert.IsType<StoreException>(call.Exception!.InnerException).Message)];
    }
}
