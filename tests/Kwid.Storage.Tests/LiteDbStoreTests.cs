using Kwid.Core.Storage;
using Kwid.LiteDb;

namespace Kwid.Storage.Tests;

/// <summary>The contract on LiteDB.</summary>
public sealed class LiteDbStoreTests : EntryStoreContract
{
    protected override async Task<IStore> OpenAsync(string folder) => await LiteDbStore.OpenAsync(folder, null, TestContext.Current.CancellationToken);
}
