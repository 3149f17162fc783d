using Kwid.Configuration;
using Kwid.Configuration.Options;
using Kwid.Core.Storage;
using Kwid.LiteDb;
using Kwid.Postgres;

namespace Kwid.Service;

/// <summary>Opens the store that the configuration names.</summary>
internal static class Stores
{
    /// <param name="place">Which.</param>
    /// <param name="data">The data folder, where the embedded one is.</param>
    /// <param name="time">Dates schema steps.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">It can't be opened.</exception>
    public static async Task<IStore> OpenAsync(StoragePlace place, string data, TimeProvider time, CancellationToken cancel) => place.Kind == StorageKind.Postgres
        ? await PostgresStore.OpenAsync(place.Connection!, time, cancel)
        : await LiteDbStore.OpenAsync(data, time, cancel);
}
