namespace Kwid.Service;

/// <summary>The program's clock: real time, or with <c>--now</c> another instant from which it runs on at real pace.</summary>
internal sealed class ProgramClock : TimeProvider
{
    private readonly TimeProvider _machine;
    private readonly TimeSpan _ahead;

    /// <param name="now">What time it is at this moment; null for the truth.</param>
    /// <param name="machine">The machine's clock; null for the real one.</param>
    public ProgramClock(DateTimeOffset? now, TimeProvider? machine = null)
    {
        _machine = machine ?? System;
        _ahead = now is { } instant ? instant - _machine.GetUtcNow() : TimeSpan.Zero;
    }

    /// <summary>Whether the clock was set.</summary>
    public bool IsSet => _ahead != TimeSpan.Zero;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _machine.GetUtcNow() + _ahead;
}
