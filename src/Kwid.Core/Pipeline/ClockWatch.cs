using System.Collections.Concurrent;
using System.Globalization;

namespace Kwid.Core.Pipeline;

/// <summary>
/// Compares our clock with what servers say (P3): entries published with a wrong date would be lost in every reader that sorts or drops by date. What a
/// server said runs on by the time since the start of the machine, which nobody sets: a clock that jumps is noticed at once, not with the next poll.
/// </summary>
public sealed class ClockWatch(TimeProvider time)
{
    /// <summary>Hosts that must have spoken: one server's clock proves nothing about ours.</summary>
    private const int LeastHosts = 3;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    /// <summary>How long what a server said counts.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Said, long At)> _told = new(StringComparer.OrdinalIgnoreCase);
    private long _jumped = long.MinValue;

    /// <summary>Why nothing may be published now, for the operator; null when the clock is right as far as is known.</summary>
    public string? Fault
    {
        get
        {
            var ahead = Ahead();
            if (ahead.Count < LeastHosts || IsClose(ahead)) return null;
            var now = time.GetUtcNow();
            return string.Create(CultureInfo.InvariantCulture,
                $"This machine's clock says {now:u}, but {ahead.Count} servers say about {now + ahead[ahead.Count / 2]:u}; nothing is published until it is set right (timedatectl set-ntp true).");
        }
    }

    /// <summary>True: three servers at least confirm the clock. False: those that have spoken say otherwise, few as they may be. Null: too few have spoken.</summary>
    public bool? IsRight => Ahead() switch
    {
        [] => null,
        var ahead when !IsClose(ahead) => false,
        { Count: >= LeastHosts } => true,
        _ => null,
    };

    /// <summary>Takes note of what a server says.</summary>
    public void Note(string host, DateTimeOffset serverDate) => _told[host] = (serverDate, time.GetTimestamp());

    /// <summary>
    /// The clock was set, or the machine has slept, during which the time since its start stood still: what servers said before counts only until three have spoken anew.
    /// </summary>
    public void NoteJump() => Interlocked.Exchange(ref _jumped, time.GetTimestamp());

    private static bool IsClose(List<TimeSpan> ahead) => ahead[ahead.Count / 2].Duration() <= Tolerance;

    /// <summary>How far the servers are ahead of our clock, in order.</summary>
    private List<TimeSpan> Ahead()
    {
        var (now, jumped) = (time.GetUtcNow(), Interlocked.Read(ref _jumped));
        var told = _told.Values.Where(one => time.GetElapsedTime(one.At) <= Lasting).ToList();
        var anew = told.FindAll(one => one.At > jumped);
        return [.. (anew.Count < LeastHosts ? told : anew).Select(one => one.Said + time.GetElapsedTime(one.At) - now).Order()];
    }
}
