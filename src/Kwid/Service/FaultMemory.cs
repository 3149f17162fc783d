namespace Kwid.Service;

/// <summary>The faults of one kind, each from its start to its end. Safe to use from several threads; forgotten at a restart.</summary>
internal sealed class FaultMemory(TimeProvider time)
{
    private const int Kept = 10;

    private readonly Lock _gate = new();
    private volatile IReadOnlyList<ServiceFault> _faults = [];

    /// <summary>The last ten, oldest first; the last one may go on.</summary>
    public IReadOnlyList<ServiceFault> All => _faults;

    /// <summary>What is wrong now; null when nothing is.</summary>
    public string? Reason => _faults is [.., { End: null } lasting] ? lasting.Reason : null;

    /// <summary>Takes in how it stands: what is wrong, or null for nothing.</summary>
    public void Note(string? reason)
    {
        lock (_gate)
        {
            if (reason == Reason) return;
            var now = time.GetUtcNow();
            var second = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            var before = _faults;
            // A fault is known by the second of its start: one that is back within it goes on.
            if (before is [.., var last] && (last.End is null || last.Start == second))
                _faults = [.. before.SkipLast(1), reason is null ? last with { End = now } : last with { Reason = reason, Updated = now, End = null }];
            else if (reason is not null)
                _faults = [.. before.TakeLast(Kept - 1), new ServiceFault(second, reason, second, null)];
        }
    }
}
