using Kwid.Core.Model;
using Kwid.Core.Storage;
using Kwid.Postgres;
using Kwid.Testing;
using Npgsql;

namespace Kwid.Storage.Tests.Postgres;

/// <summary>Connections end and servers stop; the same store goes on when they are back, and each caller is told what became of his write.</summary>
public sealed class PostgresLossTests(PostgresDatabases databases)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_that_the_server_ended_while_nobody_used_them_are_not_noticed()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var store = await PostgresStore.OpenAsync(connection, null, Cancel);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.LoadAsync(Cancel)));

        for (var round = 1; round <= 3; round++)
        {
            await TerminateAsync(connection);
            await store.CommitAsync(Make.Batch(Make.Revision($"a{round}")), Cancel);
            await TerminateAsync(connection);
            Assert.Equal(round, (await store.ReadPendingAsync(Cancel)).Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_the_server_is_down_calls_say_so_and_after_it_is_back_they_work_again(bool killed)
    {
        await using var server = await PostgresDatabases.StartServerAsync(Cancel);
        await using var store = await PostgresStore.OpenAsync(server.Connection(), null, Cancel);
        await store.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);

        await (killed ? server.KillAsync(Cancel) : server.StopAsync(Cancel));
        var faults = new[]
        {
            await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(Make.Batch(Make.Revision("b")), Cancel)),
            await Assert.ThrowsAsync<StoreException>(() => store.LoadAsync(Cancel)),
            await Assert.ThrowsAsync<StoreException>(async () => Assert.Empty(await store.ReadEditionsAsync(0, Cancel).ToListAsync(Cancel))),
        };
        await server.StartAsync(Cancel);

        Assert.All(faults, fault => Assert.Contains("can't be reached", fault.Message, StringComparison.Ordinal));
        await store.CommitAsync(Make.Batch(Make.Revision("b")), Cancel);
        Assert.Equal(["a", "b"], (await store.LoadAsync(Cancel)).Advisories.Select(advisory => advisory.Id.ToString()));
    }

    [Fact]
    public async Task Of_commits_while_connections_are_broken_off_each_has_happened_that_was_told_so_and_no_other()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var store = await PostgresStore.OpenAsync(connection, null, Cancel);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var breaking = Task.Run(
            async () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    await TerminateAsync(connection);
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(12)), TimeProvider.System, Cancel);
                }
            },
            Cancel);

        var happened = new List<string>();
        for (var i = 0; i < 300; i++)
        {
            try
            {
                await store.CommitAsync(Make.Batch(Make.Revision($"a{i:D3}")), Cancel);
                happened.Add($"a{i:D3}");
            }
            catch (StoreException)
            {
                // The other of the two outcomes.
            }
        }

        await ended.CancelAsync();
        await breaking;
        Assert.NotEmpty(happened);
        Assert.Equal(happened, (await store.LoadAsync(Cancel)).Advisories.Select(advisory => advisory.Id.ToString()));
    }

    [Theory]
    [InlineData(nameof(Loss.AfterCommit), true)]
    [InlineData(nameof(Loss.BeforeCommit), false)]
    public async Task A_commit_whose_answer_is_lost_is_told_as_done_where_it_is_done(string loss, bool isDone)
    {
        await using var server = await PostgresDatabases.StartServerAsync(Cancel);
        var direct = new NpgsqlConnectionStringBuilder(server.Connection());
        await using var relay = new LosingRelay(Path.Combine(direct.Host!, ".s.PGSQL.5432"));
        await using var store = await PostgresStore.OpenAsync(new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = relay.Port }.ConnectionString, null, Cancel);
        await store.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);

        relay.Next = Enum.Parse<Loss>(loss);
        var fault = await Record.ExceptionAsync(() => store.CommitAsync(Make.Batch(Make.Revision("a", 2)), Cancel));

        Assert.Equal(Loss.Never, relay.Next);
        Assert.Equal(isDone, fault is null);
        Assert.Equal(isDone ? 2 : 1, (await store.LoadAsync(Cancel)).Advisories.Single().LastRevision);
        await store.CommitAsync(Make.Batch(Make.Revision("a", isDone ? 3 : 2)), Cancel);
    }

    [Fact]
    public async Task Everything_can_be_read_again_after_a_reading_that_was_broken_off()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var store = await PostgresStore.OpenAsync(connection, null, Cancel);
        await store.CommitAsync(Make.Batch([.. Enumerable.Range(0, 5_000).Select(index => Make.Revision($"a{index}", 1, Make.BareEntry(new string('x', 500) + Random.Shared.NextInt64())))]), Cancel);

        await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await foreach (var record in store.ReadAllAsync(Cancel))
                if (record is StoredRevision) await TerminateAsync(connection);
        });

        Assert.Equal(5_000, await store.ReadAllAsync(Cancel).CountAsync(record => record is StoredRevision, Cancel));
    }

    private static async Task TerminateAsync(string connection)
    {
        await using var opened = new NpgsqlConnection(connection + ";Pooling=false");
        await opened.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", opened);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
