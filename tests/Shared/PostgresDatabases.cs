using System.Collections.Concurrent;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Kwid.Testing.PostgresDatabases))]

namespace Kwid.Testing;

/// <summary>
/// An empty database for each who asks, on the server that <c>KWID_TEST_POSTGRES</c> names (a connection string with the right to create databases), else on one of our own, which
/// starts with the first that asks. With neither the test is skipped, and fails where <c>CI</c> is set.
/// </summary>
public sealed class PostgresDatabases : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentBag<string> _created = [];
    private PostgresServer? _server;

    private static string? Given { get; } = Environment.GetEnvironmentVariable("KWID_TEST_POSTGRES") is { Length: > 0 } given ? given : null;

    /// <summary>Makes one; gives its connection string. Its own collation puts small letters before capitals, so that whatever sorts by it shows.</summary>
    public async Task<string> CreateAsync(CancellationToken cancel)
    {
        var name = $"kwid_{Guid.NewGuid():N}";
        var server = Given ?? (await ServerAsync(cancel)).Connection();
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancel);
        var locale = connection.PostgreSqlVersion.Major >= 15 ? "LOCALE_PROVIDER icu ICU_LOCALE 'de'" : "";
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {locale}", connection);
        await create.ExecuteNonQueryAsync(cancel);
        _created.Add(name);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>A server for this test alone, which may stop and kill it. The caller ends it.</summary>
    internal static Task<PostgresServer> StartServerAsync(CancellationToken cancel) => PostgresServer.StartAsync(Programs(), isDurable: false, cancel);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (Given is not null) await DropAsync(Given);
        _turn.Dispose();
    }

    private async Task<PostgresServer> ServerAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return _server ??= await StartServerAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DropAsync(string server)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(CancellationToken.None);
        foreach (var name in _created)
        {
            await using var drop = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static string Programs()
    {
        if (PostgresBinaries.Find() is { } found) return found;
        const string Missing = "There is no PostgreSQL on PATH or below /usr/lib/postgresql: apt-get install postgresql, or let KWID_TEST_POSTGRES name a server.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Assert.Skip(Missing);
        return "";
    }
}
