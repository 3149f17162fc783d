using Kwid.Cli.Control;
using Kwid.Core.Storage;
using Kwid.LiteDb;

namespace Kwid.Cli;

/// <summary>The stores that a command line names, opened under their locks.</summary>
internal sealed class StorePlaces(Settings settings)
{
    private const string LiteDb = "liteDb";
    private const string Postgres = "postgres";

    /// <summary>The kind that a place is of; what follows may be secret.</summary>
    public static string Kind(string place) => place.Split(':', 2)[0];

    /// <summary>Whether two places are one.</summary>
    public bool AreSame(string one, string other) => Kind(one) == LiteDb && Kind(other) == LiteDb ? Folder(one) == Folder(other) : one == other;

    /// <summary>Opens a place.</summary>
    /// <param name="flag">For messages.</param>
    /// <param name="place">As it was written.</param>
    /// <param name="mustExist">Whether a store has to be there already.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ExitException">It is no place, has no store, or is held by another process.</exception>
    /// <exception cref="StoreException">It can't be opened.</exception>
    public async Task<OpenedStore> OpenAsync(string flag, string place, bool mustExist, CancellationToken cancel)
    {
        if (Kind(place) == LiteDb) return await OpenLiteDbAsync(flag, Folder(place), mustExist, cancel);
        if (Kind(place) == Postgres) throw new ExitException(ExitCode.Usage, $"{flag}: PostgreSQL is not supported yet.");
        throw new ExitException(ExitCode.Usage, $"{flag}: found '{Kind(place)}'; write liteDb, liteDb:DIR, postgres or postgres:CONNECTION.");
    }

    private static async Task<OpenedStore> OpenLiteDbAsync(string flag, string folder, bool mustExist, CancellationToken cancel)
    {
        if (mustExist && !File.Exists(Path.Combine(folder, LiteDbStore.FileName)))
            throw new ExitException(ExitCode.Usage, $"{flag}: '{folder}' has no {LiteDbStore.FileName}; name the data folder of a Kwid that stores in LiteDB (liteDb:DIR, or --data).");
        var held = DataLock.TryAcquire(folder) ?? throw new ExitException(ExitCode.DataInUse, $"{ControlClient.Holder(folder)}. Stop it first.");
        try
        {
            return new OpenedStore(await LiteDbStore.OpenAsync(folder, null, cancel), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private string Folder(string place) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(place.Split(':', 2) is [_, { Length: > 0 } folder] ? folder : settings.Data));
}
