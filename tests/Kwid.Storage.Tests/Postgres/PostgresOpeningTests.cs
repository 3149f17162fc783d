using Kwid.Core.Storage;
using Kwid.Postgres;
using Kwid.Testing;
using Npgsql;

namespace Kwid.Storage.Tests.Postgres;

/// <summary>Whatever keeps a database from being opened is told with the database, what was found and what to do, and never with the password.</summary>
public sealed class PostgresOpeningTests(PostgresDatabases databases)
{
    private const string Secret = "s3cret-of-the-town";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("postgres://kwid:" + Secret + "@db.example/kwid", "is a URL")]
    [InlineData("Database=kwid;Password=" + Secret, "names no Host")]
    [InlineData("Host=db.example;Password=abc;" + Secret, "keywords and values")]
    [InlineData("Host=db.example;Password=abc;" + Secret + "=x", "keywords and values")]
    [InlineData("Host=db.example;Port=" + Secret, "keywords and values")]
    [InlineData("", "names no Host")]
    public async Task A_connection_string_that_is_none_is_refused_without_repeating_it(string connection, string found)
    {
        var refusal = await Assert.ThrowsAsync<StoreException>(() => PostgresStore.OpenAsync(connection, null, Cancel));

        Assert.Contains(found, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Host=…;Port=5432", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_unknown_or_does_not_answer_is_named()
    {
        Assert.Contains("Correct Host", await RefusalAsync($"Host=nowhere.invalid;Database=kwid;Password={Secret}"), StringComparison.Ordinal);
        Assert.Contains("'kwid' on '127.0.0.1:1' can't be reached", await RefusalAsync($"Host=127.0.0.1;Port=1;Database=kwid;Password={Secret}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_a_missing_one_and_a_missing_database_are_told()
    {
        // Of our own: a server that KWID_TEST_POSTGRES names may ask for no password.
        await using var server = await PostgresDatabases.StartServerAsync(Cancel);
        var right = server.Connection();

        Assert.Contains("does not let user", await RefusalAsync(With(right, builder => builder.Password = Secret)), StringComparison.Ordinal);
        Assert.Contains("Correct storage.connection", await RefusalAsync(With(right, builder => builder.Password = null)), StringComparison.Ordinal);
        Assert.Contains("does not exist. Create it: createdb", await RefusalAsync(With(right, builder => builder.Database = "kwid_missing")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_rights_is_told_which_he_needs_and_an_empty_schema_of_his_own_is_enough()
    {
        var owner = await databases.CreateAsync(Cancel);
        var (user, database) = ($"u_{Guid.NewGuid():N}", new NpgsqlConnectionStringBuilder(owner).Database);
        await RunAsync(owner, $"CREATE ROLE {user} LOGIN PASSWORD '{Secret}'");
        var guest = With(owner, builder => (builder.Username, builder.Password) = (user, Secret));

        Assert.Contains($"ALTER DATABASE {database} OWNER TO {user}", await RefusalAsync(guest), StringComparison.Ordinal);

        await RunAsync(owner, $"CREATE SCHEMA kwid AUTHORIZATION {user}");
        await using (var store = await PostgresStore.OpenAsync(guest, null, Cancel)) await store.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);
        await RunAsync(owner, $"DROP OWNED BY {user}; DROP ROLE {user}");
    }

    [Fact]
    public async Task A_database_in_another_encoding_is_refused()
    {
        var server = await databases.CreateAsync(Cancel);
        var name = $"kwid_{Guid.NewGuid():N}";
        await RunAsync(server, $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");

        var refusal = await RefusalAsync(With(server, builder => builder.Database = name));

        await RunAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        Assert.Contains("has encoding SQL_ASCII, and Kwid needs UTF8", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        var connection = await databases.CreateAsync(Cancel);
        await using (var store = await PostgresStore.OpenAsync(connection, null, Cancel)) await store.CommitAsync(Make.Batch(Make.Revision("a")), Cancel);
        await RunAsync(connection, "UPDATE kwid.meta SET version = 99");

        Assert.Contains("has schema version 99", await RefusalAsync(connection), StringComparison.Ordinal);

        await RunAsync(connection, $"UPDATE kwid.meta SET version = {Schema}");
        await using var again = await PostgresStore.OpenAsync(connection, null, Cancel);
        Assert.Single((await again.LoadAsync(Cancel)).Advisories);
    }

    [Fact]
    public async Task Somebody_elses_schema_of_that_name_is_refused()
    {
        var connection = await databases.CreateAsync(Cancel);
        await RunAsync(connection, "CREATE SCHEMA kwid; CREATE TABLE kwid.customers ()");

        Assert.Contains("not Kwid's (it has customers)", await RefusalAsync(connection), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_by_eight_at_once_an_empty_database_gets_its_tables_once()
    {
        var connection = await databases.CreateAsync(Cancel);

        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresStore.OpenAsync(connection, null, Cancel)));

        foreach (var store in stores)
        {
            Assert.Empty((await store.LoadAsync(Cancel)).Advisories);
            await store.DisposeAsync();
        }
    }

    /// <summary>The version that this program writes.</summary>
    private const int Schema = 1;

    private static string With(string connection, Action<NpgsqlConnectionStringBuilder> change)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        change(builder);
        return builder.ConnectionString;
    }

    private static async Task<string> RefusalAsync(string connection)
    {
        var refusal = await Assert.ThrowsAsync<StoreException>(() => PostgresStore.OpenAsync(connection, null, Cancel));
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
        return refusal.Message;
    }

    private static async Task RunAsync(string connection, string sql)
    {
        await using var opened = new NpgsqlConnection(connection + ";Pooling=false");
        await opened.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, opened);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
