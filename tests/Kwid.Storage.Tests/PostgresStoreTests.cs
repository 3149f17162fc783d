using Kwid.Core.Storage;
using Kwid.Postgres;
using Kwid.Testing;

namespace Kwid.Storage.Tests;

/// <summary>The contract on PostgreSQL.</summary>
public sealed class PostgresStoreTests(PostgresDatabases databases) : EntryStoreContract
{
    /// <summary>A folder's database.</summary>
    private readonly Dictionary<string, string> _connections = [];

    protected override async Task<IStore> OpenAsync(string folder)
    {
        if (!_connections.TryGetValue(folder, out var connection)) _connections[folder] = connection = await databases.CreateAsync(TestContext.Current.CancellationToken);
        return await PostgresStore.OpenAsync(connection, null, TestContext.Current.CancellationToken);
    }
}
