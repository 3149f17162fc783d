using Kwid.Core.Storage;

namespace Kwid.Cli;

/// <summary>A store and what keeps others from it.</summary>
internal sealed class OpenedStore(IStore store, IDisposable? held) : IAsyncDisposable
{
    public IStore Store => store;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        held?.Dispose();
    }
}
