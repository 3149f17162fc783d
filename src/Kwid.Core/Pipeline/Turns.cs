using System.Collections.Concurrent;

namespace Kwid.Core.Pipeline;

/// <summary>One at a time per key.</summary>
public sealed class Turns<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, SemaphoreSlim> _gates = new();

    /// <summary>Waits for the key's turn; disposing the result gives it on.</summary>
    public async Task<IDisposable> TakeAsync(TKey key, CancellationToken cancel)
    {
        var gate = _gates.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        return new Turn(gate);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
