using Microsoft.Extensions.Time.Testing;

namespace Kwid.Tests;

/// <summary>A clock that can be set like a machine's: what measures spans of time, and timers, notice nothing of it.</summary>
internal sealed class JumpingClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    private TimeSpan _ahead;

    public void Jump(TimeSpan step) => _ahead += step;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
