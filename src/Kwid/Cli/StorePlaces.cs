using Kwid.Cli.Control;
using Kwid.Configuration;
using Kwid.Configuration.Binding;
using Kwid.Configuration.Json;
using Kwid.Configuration.Options;
using Kwid.Core.Storage;
using Kwid.LiteDb;
using Kwid.Postgres;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary>The stores that a command line names, and the locks of the data folders that go with them, held until this ends.</summary>
internal sealed class StorePlaces(Settings settings) : IDisposable
{
    private readonly Dictionary<string, DataLock> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);

    /// <summary>Opens a place.</summary>
    /// <param name="flag">For messages.</param>
    /// <param name="place">As it was written: <c>liteDb</c>, <c>liteDb:DIR</c>, <c>postgres</c>, <c>postgres:CONNECTION</c>.</param>
    /// <param name="mustExist">Whether a store has to be there already.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ExitException">It is no place, has no store, or is held by another process.</exception>
    /// <exception cref="StoreException">It can't be opened.</exception>
    public Task<IStore> OpenAsync(string flag, string place, bool mustExist, CancellationToken cancel)
    {
        var (kind, where) = place.Split(':', 2) is [var word, { Length: > 0 } rest] ? (word, rest) : (place, null);
        return kind switch
        {
            "liteDb" => OpenLiteDbAsync(flag, where ?? settings.Data, mustExist, cancel),
            "postgres" => OpenPostgresAsync(flag, where, cancel),
            _ => throw new ExitException(ExitCode.Usage, $"{flag}: found '{kind}'; write liteDb, liteDb:DIR, postgres or postgres:CONNECTION."),
        };
    }

    public void Dispose()
    {
        foreach (var held in _held.Values) held.Dispose();
    }

    private Task<IStore> OpenLiteDbAsync(string flag, string folder, bool mustExist, CancellationToken cancel)
    {
        if (mustExist && !File.Exists(Path.Combine(folder, LiteDbStore.FileName)))
            throw new ExitException(ExitCode.Usage, $"{flag}: '{folder}' has no {LiteDbStore.FileName}; name the data folder of a Kwid that stores in LiteDB (liteDb:DIR, or --data).");
        if (!_opened.Add(Hold(folder))) throw new ExitException(ExitCode.Usage, $"{flag}: '{folder}' is what --from names; name an empty store.");
        return Stores.OpenAsync(new StoragePlace(StorageKind.LiteDb, null), folder, TimeProvider.System, cancel);
    }

    private Task<IStore> OpenPostgresAsync(string flag, string? written, CancellationToken cancel)
    {
        var connection = written is null ? Configured(flag) : Resolve(flag, written);
        if (PostgresStore.FindMistake(connection) is { } mistake) throw new ExitException(ExitCode.Usage, $"{flag}: the connection can't be used: {mistake}.");
        // Whoever serves from the configuration's database holds the data folder.
        if (written is null) Hold(settings.Data);
        return Stores.OpenAsync(new StoragePlace(StorageKind.Postgres, connection), settings.Data, TimeProvider.System, cancel);
    }

    /// <summary>The configuration's connection, also while its <c>kind</c> is still another.</summary>
    private string Configured(string flag) => ConfigurationLoader.Load(settings.Config, new Surroundings(settings.Urls)) switch
    {
        LoadOutcome.Loaded { Configuration.Storage.Connection: { } connection } => connection,
        LoadOutcome.Refused refused => throw new ExitException(ExitCode.Usage, string.Join(Environment.NewLine, refused.Mistakes)),
        _ => throw new ExitException(ExitCode.Usage, $"{flag}: postgres is the database of storage.connection, which is not in {settings.Config}; add it, or write postgres:CONNECTION."),
    };

    private static string Resolve(string flag, string written)
    {
        var findings = new Findings();
        var node = new Node(NodeKind.Text, new Place(flag, 1, 1), flag) { Text = written, IsSecret = true };
        return new Substitution(findings, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Apply(node)
            ?? throw new ExitException(ExitCode.Usage, $"{flag}: {string.Join("; ", findings.Mistakes.Select(mistake => mistake.Cure))}.");
    }

    /// <returns>The folder's one name.</returns>
    private string Hold(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!_held.ContainsKey(path)) _held[path] = DataLock.TryAcquire(path) ?? throw new ExitException(ExitCode.DataInUse, $"{ControlClient.Holder(path)}. Stop it first.");
        return path;
    }
}
