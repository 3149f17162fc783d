using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Storage.Tests;

/// <summary>What every store promises; a subclass for each says how it is opened. Parts: committing, publishing, waiting, callers.</summary>
public abstract partial class EntryStoreContract : IDisposable
{
    private readonly DataFolder _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected string Folder => _data.Path;

    public void Dispose()
    {
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store that belongs to the folder; a second time after it was closed finds what was written.</summary>
    protected abstract Task<IStore> OpenAsync(string folder);

    /// <summary>Writes into a store, closes it, and opens it again: nothing is answered from memory.</summary>
    private async Task<IStore> ReopenedAfterAsync(Func<IStore, Task> write)
    {
        await using (var store = await OpenAsync(Folder)) await write(store);
        return await OpenAsync(Folder);
    }

    private static async Task<List<Edition>> EditionsAsync(IEntryStore store, int after = 0)
    {
        var editions = new List<Edition>();
        await foreach (var edition in store.ReadEditionsAsync(after, Cancel)) editions.Add(edition);
        return editions;
    }

    private static async Task<string[]> PendingAsync(IEntryStore store) =>
        [.. (await store.ReadPendingAsync(Cancel)).Select(revision => $"{revision.Key.Advisory}/{revision.Key.Number}")];
}
