using Kwid.Core.Storage;

namespace Kwid.Core.Care;

/// <summary>Fills a store and reads it back: what came out must be what went in.</summary>
public static class StoreCopy
{
    /// <summary>Fills an empty store with records.</summary>
    /// <param name="records">All of a store, or of a backup.</param>
    /// <param name="target">Empty.</param>
    /// <param name="cancel">Stops; then the target is of no use.</param>
    /// <exception cref="StoreException">The target is not empty, or can't be written or read.</exception>
    public static async Task<IReadOnlyList<CopiedKind>> RunAsync(IAsyncEnumerable<StoreRecord> records, IStoreCare target, CancellationToken cancel)
    {
        var (given, taken) = (new Tally(), new Tally());
        await target.FillAsync(given.CountAsync(records, cancel), cancel);
        await foreach (var record in target.ReadAllAsync(cancel)) taken.Add(record);
        return [.. given.Kinds.Zip(taken.Kinds, (from, to) => new CopiedKind(from.Kind, from.Count, to.Count, from.Hash, to.Hash))];
    }
}
