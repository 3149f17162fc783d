namespace Kwid.Tests.Scheduling;

/// <summary>Real time on a machine whose clock the test sets: timers and the time since the start of the machine go on as they were.</summary>
internal sealed class MachineClock : TimeProvider
{
    private long _ahead;

    public void Jump(TimeSpan step) => Interlocked.Add(ref _ahead, step.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _ahead));
}
