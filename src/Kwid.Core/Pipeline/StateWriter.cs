using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>
/// Writes what polls leave behind that changed nothing else, together and a few seconds late: most polls are such, and each alone would cost the disk a
/// transaction. A state in doubt is left to the next poll. What is written is what <see cref="SourceStates"/> has by then, so nothing older ever takes the place of something newer.
/// </summary>
/// <param name="store">Where they go.</param>
/// <param name="states">The truth while the program runs.</param>
/// <param name="time">Measures the pause.</param>
public sealed class StateWriter(IEntryStore store, SourceStates states, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long states wait for company; a failed write is tried again as late.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>States in one transaction.</summary>
    private const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly HashSet<SourceId> _waiting = [];
    private Task? _later;

    /// <summary>Says that the source's state, as <see cref="SourceStates"/> has it, is to be written.</summary>
    public void Add(SourceId source)
    {
        lock (_gate)
        {
            _waiting.Add(source);
            _later ??= LaterAsync(_ended.Token);
        }
    }

    /// <summary>Leaves a source out whose poll begins: what it commits must not be overwritten with what was before. It is to be added again at its end.</summary>
    public void Withdraw(SourceId source)
    {
        lock (_gate) _waiting.Remove(source);
    }

    /// <summary>Writes what waits, now.</summary>
    /// <exception cref="StoreException">Some could not be written; they wait on.</exception>
    public async Task FlushAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            while (Take() is { Length: > 0 } sources) await WriteAsync(sources, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes what waits; what can't be written now is asked again after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_later is { } later) await later;
        await TryFlushAsync(CancellationToken.None);
        _ended.Dispose();
        _turn.Dispose();
    }

    private async Task WriteAsync(SourceId[] sources, CancellationToken cancel)
    {
        try
        {
            await store.SaveSourcesAsync([.. sources.Where(source => !states.IsDoubtful(source)).Select(states.Find).OfType<SourceState>()], cancel);
        }
        catch
        {
            foreach (var source in sources) Add(source);
            throw;
        }
    }

    private async Task LaterAsync(CancellationToken cancel)
    {
        try
        {
            await Task.Delay(Pause, time, cancel);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate) _later = null;
        await TryFlushAsync(cancel);
    }

    /// <summary>A store that fails is told of by those who must have it: commits and editions.</summary>
    private async Task TryFlushAsync(CancellationToken cancel)
    {
        try
        {
            await FlushAsync(cancel);
        }
        catch (Exception fault) when (fault is StoreException or OperationCanceledException)
        {
            // They wait on.
        }
    }

    /// <summary>Some of those that wait; the others can still be withdrawn.</summary>
    private SourceId[] Take()
    {
        lock (_gate)
        {
            SourceId[] taken = [.. _waiting.Take(Most)];
            _waiting.ExceptWith(taken);
            return taken;
        }
    }
}
