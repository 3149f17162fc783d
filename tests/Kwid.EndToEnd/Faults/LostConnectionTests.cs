using Kwid.Testing;
using Npgsql;

namespace Kwid.EndToEnd.Faults;

/// <summary>PostgreSQL ends connections, stops and is killed in the middle of transactions: nothing is lost, nothing is doubled, and it goes on by itself.</summary>
public sealed class LostConnectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_that_are_cut_at_any_moment_lose_and_double_nothing()
    {
        var dice = new Random(20261124);
        await using var server = await PostgresDatabases.StartServerAsync(Cancel);
        await using var service = await WatchedService.BeginAsync(server.Connection());
        await using var kwid = await service.ServeAsync();

        for (var round = 0; round < 60; round++)
        {
            await CutAsync(server);
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(250)), TimeProvider.System, Cancel);
            if (round % 10 == 0) await service.EnsureServedAsync();
        }

        await service.EnsureAllArrivesAsync(kwid);
    }

    [Fact]
    public async Task A_server_that_stops_and_is_killed_is_told_everywhere_while_feeds_are_served_and_back_it_goes_on()
    {
        await using var server = await PostgresDatabases.StartServerAsync(Cancel);
        await using var service = await WatchedService.BeginAsync(server.Connection());
        await using var kwid = await service.ServeAsync();
        await service.EnsureServedAsync();

        await server.KillAsync(Cancel);
        await Wait.UntilAsync(async () => !await service.IsUpAsync("kwid_store_up"), "metrics tell it", Limit, Cancel);
        await service.EnsureServedAsync();
        Assert.Contains("Neue Hinweise können zurzeit nicht gespeichert werden", await service.StatusAsync(), StringComparison.Ordinal);
        Assert.Contains("Start the server", await service.OperatorFeedAsync(), StringComparison.Ordinal);

        await server.StartAsync(Cancel);
        await kwid.WaitForLineAsync("takes new entries again", Limit, Cancel);
        await service.EnsureAllArrivesAsync(kwid);
    }

    private static async Task CutAsync(PostgresServer server)
    {
        await using var connection = new NpgsqlConnection(server.Connection() + ";Pooling=false;Application Name=cutter");
        await connection.OpenAsync(Cancel);
        await using var cut = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'Kwid'", connection);
        await cut.ExecuteScalarAsync(Cancel);
    }
}
