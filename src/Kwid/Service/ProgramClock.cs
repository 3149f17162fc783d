namespace Kwid.Service;

/// <summary>The program's clock: real time, or with <c>--now</c> another instant from which it runs on at real pace.</summary>
internal sealed class ProgramClock : TimeProvider
{
    private readonly TimeSpan _ahead;

    /// <param name="now">What time it is at this moment; null for the truth.</param>
    public ProgramClock(DateTimeOffset? now) => _ahead = now is { } instant ? instant - System.GetUtcNow() : TimeSpan.Zero;

    /// <summary>Whether the clock was set.</summary>
    public bool IsSet => _ahead != TimeSpan.Zero;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}
