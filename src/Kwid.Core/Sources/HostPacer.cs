namespace Kwid.Core.Sources;

/// <summary>
/// One request at a time per host, and a pause between the end of one and the start of the next, across all sources. Loopback is a host like any other. One for the life of the process: a
/// reload gives nobody a turn before time.
/// </summary>
/// <param name="pause">Least pause between two requests to one host.</param>
/// <param name="time">Measures the pause.</param>
public sealed class HostPacer(TimeSpan pause, TimeProvider time)
{
    // Hosts that wait for nothing are forgotten once there are so many; redirects could otherwise fill the memory.
    private const int LanesKept = 512;

    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private long _pause = pause.Ticks;

    /// <summary>Least pause between two requests to one host; a new one holds from the next turn on.</summary>
    public TimeSpan Pause
    {
        get => new(Interlocked.Read(ref _pause));
        set => Interlocked.Exchange(ref _pause, value.Ticks);
    }

    /// <summary>Hosts remembered at the moment.</summary>
    internal int Hosts
    {
        get
        {
            lock (_gate) return _lanes.Count;
        }
    }

    /// <summary>Waits for the host's turn, first come, first served. Disposing the turn lets the next one in, after the pause.</summary>
    public async ValueTask<IDisposable> EnterAsync(string host, CancellationToken cancel)
    {
        var lane = Join(host);
        var entered = false;
        try
        {
            await lane.Door.WaitAsync(cancel);
            entered = true;
            while (Remaining(lane) is var rest && rest > TimeSpan.Zero) await Task.Delay(rest, time, cancel);
            return new Turn(this, lane);
        }
        catch (OperationCanceledException)
        {
            Leave(lane, entered, asked: false);
            throw;
        }
    }

    private TimeSpan Remaining(Lane lane) => lane.LastEnd is { } end ? Pause - time.GetElapsedTime(end) : TimeSpan.Zero;

    private Lane Join(string host)
    {
        lock (_gate)
        {
            if (_lanes.Count >= LanesKept) Forget();
            if (!_lanes.TryGetValue(host, out var lane)) _lanes.Add(host, lane = new Lane());
            lane.Users++;
            return lane;
        }
    }

    private void Leave(Lane lane, bool entered, bool asked)
    {
        lock (_gate)
        {
            if (asked) lane.LastEnd = time.GetTimestamp();
            lane.Users--;
        }

        if (entered) lane.Door.Release();
    }

    private void Forget()
    {
        foreach (var (host, lane) in _lanes)
            if (lane.Users == 0 && Remaining(lane) <= TimeSpan.Zero) _lanes.Remove(host);
    }

    private sealed class Lane
    {
        public SemaphoreSlim Door { get; } = new(1, 1);
        public long? LastEnd { get; set; }
        public int Users { get; set; }
    }

    private sealed class Turn(HostPacer pacer, Lane lane) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) pacer.Leave(lane, entered: true, asked: true);
        }
    }
}
