using System.Runtime.CompilerServices;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Tests.Service;

/// <summary>A store whose writes are done one after the other, and only once the test opens its gate.</summary>
internal sealed class GatedAccess : IAccessStore, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private TaskCompletionSource? _gate;

    public Dictionary<string, Capability> Stored { get; } = [];

    public List<AuditEvent> Events { get; } = [];

    public Exception? Fault { get; set; }

    public void Dispose() => _turn.Dispose();

    public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _gate?.SetResult();

    public async Task SaveAccessAsync(IReadOnlyCollection<Capability> changed, IReadOnlyCollection<AuditEvent> events, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_gate is { } gate) await gate.Task;
            if (Fault is { } fault) throw fault;
            foreach (var one in changed) Stored[one.Id] = one;
            Events.AddRange(events);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async IAsyncEnumerable<AuditEvent> ReadAuditAsync(long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var one in Events) yield return one;
    }
}
