namespace Kwid.Scheduling;

/// <summary>Notices that the clock was set: it then differs from the time since the start of the machine by more than before.</summary>
internal sealed class ClockSteps(TimeProvider time)
{
    /// <summary>What a clock may drift or be corrected between two looks.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private DateTimeOffset _now = time.GetUtcNow();
    private long _at = time.GetTimestamp();

    /// <summary>How far the clock was set forward (or back: negative) since the last call; zero when it was not.</summary>
    public TimeSpan Take()
    {
        var (before, at) = (_now, _at);
        (_now, _at) = (time.GetUtcNow(), time.GetTimestamp());
        var step = _now - before - time.GetElapsedTime(at, _at);
        return step.Duration() > Tolerance ? step : TimeSpan.Zero;
    }
}
