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
    private readonly ConcurrentDictionary<string, (DateTimeOffset Said, long At)> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why nothing may be published now, for the operator; null when the clock is right as far as is known.</summary>
    public string? Fault
    {
        get
        {
            var now = time.GetUtcNow();
            var ahead = _told.Values.Select(told => told.Said + time.GetElapsedTime(told.At) - now).Order().ToList();
            if (ahead.Count < LeastHosts || ahead[ahead.Count / 2].Duration() <= Tolerance) return null;
            return string.Create(CultureInfo.InvariantCulture,
                $"This machine's clock says {now:u}, but {ahead.Count} servers say about {now + ahead[ahead.Count / 2]:u}; nothing is published until it is set right (timedatectl set-ntp true).");
        }
    }

    /// <summary>Takes note of what a server says.</summary>
    public void Note(string host, DateTimeOffset serverDate) => _told[host] = (serverDate, time.GetTimestamp());
}
