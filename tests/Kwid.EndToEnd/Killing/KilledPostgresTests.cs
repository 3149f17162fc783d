using Kwid.Postgres;
using Kwid.Testing;

namespace Kwid.EndToEnd.Killing;

public sealed class KilledPostgresTests(PostgresDatabases databases)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_on_PostgreSQL_that_is_killed_at_any_moment_loses_and_doubles_nothing()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using var stream = await NewsStream.BeginAsync(Cancel);
        using var folder = stream.Folder().OnPostgres(connection).Write();

        await KilledService.EndureAsync(stream, folder, async () => await PostgresStore.OpenAsync(connection, null, Cancel), Cancel);
    }
}
