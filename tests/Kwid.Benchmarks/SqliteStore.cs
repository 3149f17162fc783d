using System.Globalization;
using System.Runtime.CompilerServices;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kwid.Benchmarks;

/// <summary>The yardstick: what polls and the shelf ask of a store, on SQLite with its log ahead (WAL). Same bodies, same refusals, nothing else.</summary>
internal sealed class SqliteStore : IEntryStore
{
    private readonly SqliteConnection _connection;
    private SqliteTransaction? _transaction;

    /// <param name="file">Begins anew.</param>
    /// <param name="synchronous">FULL: a commit returns when the disk has it; NORMAL: some time before.</param>
    public SqliteStore(string file, string synchronous)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Run($"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};");
        Run("""
            CREATE TABLE revisions (advisory TEXT, number INTEGER, body BLOB, PRIMARY KEY (advisory, number));
            CREATE TABLE advisories (id TEXT PRIMARY KEY, last INTEGER, fingerprint TEXT, cves TEXT) WITHOUT ROWID;
            CREATE TABLE keys (id TEXT PRIMARY KEY, advisory TEXT) WITHOUT ROWID;
            CREATE TABLE pending (place INTEGER PRIMARY KEY, advisory TEXT, number INTEGER);
            CREATE TABLE sources (id TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
            CREATE TABLE editions (number INTEGER, part INTEGER, instant INTEGER, body BLOB, PRIMARY KEY (number, part));
            """);
    }

    public Task CommitAsync(IngestBatch batch, CancellationToken cancel)
    {
        _transaction = _connection.BeginTransaction();
        Refusals.EnsureNext(batch, Last(batch));
        Each(batch.Revisions, "INSERT INTO revisions VALUES ($0, $1, $2)", one => [one.Revision.Key.Advisory.ToString(), one.Revision.Key.Number, PackedJson.Pack(one.Revision, PackedJson.Types.Revision)]);
        Each(batch.Revisions, "INSERT INTO pending (advisory, number) VALUES ($0, $1)", one => [one.Revision.Key.Advisory.ToString(), one.Revision.Key.Number]);
        Each(batch.Advisories, "INSERT INTO advisories VALUES ($0, $1, $2, $3) ON CONFLICT DO UPDATE SET last = $1, fingerprint = $2, cves = $3", one => [one.Id.ToString(), one.LastRevision, one.Fingerprint, string.Join(' ', one.Cves)]);
        Each(batch.Keys, "INSERT INTO keys VALUES ($0, $1) ON CONFLICT DO UPDATE SET advisory = $1 WHERE advisory <> $1", one => [one.Key, one.Value.ToString()]);
        if (batch.State is { } state) Each([state], "INSERT INTO sources VALUES ($0, $1) ON CONFLICT DO UPDATE SET body = $1", one => [one.Source.ToString(), PackedJson.Pack(one, PackedJson.Types.SourceState)]);
        End();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Revision>> ReadPendingAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<Revision>>(
        [.. Rows("SELECT body FROM pending JOIN revisions USING (advisory, number) ORDER BY place", [], row => Body(row, 0))]);

    public Task<Revision?> FindRevisionAsync(RevisionKey key, CancellationToken cancel) => Task.FromResult(
        Rows("SELECT body FROM revisions WHERE advisory = $0 AND number = $1", [key.Advisory.ToString(), key.Number], row => Body(row, 0)).FirstOrDefault());

    public Task PublishAsync(Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel)
    {
        _transaction = _connection.BeginTransaction();
        Refusals.EnsureNext(edition!, Rows("SELECT coalesce(max(number), 0) FROM editions", [], row => row.GetInt32(0)).Single());
        Each(EditionPart.Of(edition!).Index(), "INSERT INTO editions VALUES ($0, $1, $2, $3)", part => [edition!.Number, part.Index, edition.Instant.UtcTicks, PackedJson.Pack(part.Item, PackedJson.Types.EditionPart)]);
        var places = Rows("SELECT place, advisory, number FROM pending", [], row => (Place: row.GetInt64(0), Key: new RevisionKey(new AdvisoryId(row.GetString(1)), row.GetInt32(2)))).ToDictionary(one => one.Key, one => one.Place);
        Each(decided, "DELETE FROM pending WHERE place = $0", one => [places[one.Key]]);
        End();
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Edition> ReadEditionsAsync(int after, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        var parts = Rows("SELECT number, instant, body FROM editions WHERE number > $0 ORDER BY number, part", [after], row => (Number: row.GetInt32(0), Instant: row.GetInt64(1), Part: PackedJson.Unpack((byte[])row.GetValue(2), PackedJson.Types.EditionPart)));
        foreach (var edition in parts.GroupBy(part => part.Number)) yield return EditionPart.Join(edition.Key, new DateTimeOffset(edition.First().Instant, TimeSpan.Zero), [.. edition.Select(part => part.Part)]);
    }

    public Task<StoreContents> LoadAsync(CancellationToken cancel) => Task.FromResult(new StoreContents(
        [.. Rows("SELECT id, last, fingerprint, cves FROM advisories", [], row => new Advisory(new AdvisoryId(row.GetString(0)), new SourceId("bsi-wid"), row.GetInt32(1), row.GetString(2)) { Cves = [.. row.GetString(3).Split(' ').Select(cve => new CveId(cve))] })],
        [.. Rows("SELECT id, advisory FROM keys", [], row => KeyValuePair.Create(row.GetString(0), new AdvisoryId(row.GetString(1))))],
        [.. Rows("SELECT body FROM sources", [], row => PackedJson.Unpack((byte[])row.GetValue(0), PackedJson.Types.SourceState))],
        null));

    public Task SaveSourcesAsync(IReadOnlyCollection<SourceState> states, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<RevisionKey>> RestageAsync(IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<Entry>> ReadStatementsAsync(AdvisoryId advisory, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static Revision Body(SqliteDataReader row, int column) => PackedJson.Unpack((byte[])row.GetValue(column), PackedJson.Types.Revision);

    private Dictionary<AdvisoryId, int> Last(IngestBatch batch) => batch.Advisories
        .SelectMany(advisory => Rows("SELECT last FROM advisories WHERE id = $0", [advisory.Id.ToString()], row => (advisory.Id, Last: row.GetInt32(0)))).ToDictionary(one => one.Id, one => one.Last);

    private void End()
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    private void Run(string text)
    {
        using var command = new SqliteCommand(text, _connection, _transaction);
        command.ExecuteNonQuery();
    }

    /// <summary>One statement, prepared once, for each item.</summary>
    private void Each<T>(IEnumerable<T> items, string text, Func<T, object[]> values)
    {
        using var command = new SqliteCommand(text, _connection, _transaction);
        foreach (var item in items)
        {
            Bind(command, values(item));
            command.ExecuteNonQuery();
        }
    }

    private IEnumerable<T> Rows<T>(string text, object[] values, Func<SqliteDataReader, T> read)
    {
        using var command = new SqliteCommand(text, _connection, _transaction);
        Bind(command, values);
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return read(rows);
    }

    private static void Bind(SqliteCommand command, object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (command.Parameters.Count <= i) command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"${i}"), values[i]));
            else command.Parameters[i].Value = values[i];
        }
    }
}
