using Kwid.Testing;
using Npgsql;

namespace Kwid.Storage.Tests.Postgres;

/// <summary>The server of the tests.</summary>
public sealed class PostgresServerTests(PostgresDatabases databases)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_who_asks_has_an_empty_database_of_his_own()
    {
        var (one, other) = (await databases.CreateAsync(Cancel), await databases.CreateAsync(Cancel));

        await AskAsync(one, "CREATE TABLE a ()");

        Assert.Equal(1L, await AskAsync(one, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        Assert.Equal(0L, await AskAsync(other, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_server_that_was_stopped_or_killed_has_after_a_start_what_was_committed()
    {
        await using var server = await PostgresDatabases.StartServerAsync(Cancel);
        await AskAsync(server.Connection(), "CREATE TABLE a ()");

        await server.StopAsync(Cancel);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(server.Connection(), "SELECT 1"));
        await server.StartAsync(Cancel);
        await AskAsync(server.Connection(), "CREATE TABLE b ()");
        await server.KillAsync(Cancel);
        await server.StartAsync(Cancel);

        Assert.Equal(2L, await AskAsync(server.Connection(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    private static async Task<object?> AskAsync(string connection, string sql)
    {
        await using var opened = new NpgsqlConnection(connection + ";Pooling=false");
        await opened.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, opened);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
