using System.Collections.Concurrent;
using System.Globalization;

namespace Kwid.Core.Pipeline;

/// <summary>
/// Compares our clock with what servers say (P3): entries published with a wrong date would be lost in every reader that sorts or drops by date.
/// </summary>
public sealed class ClockWatch(TimeProvider time)
{
    /// <summary>Hosts that must have spoken: one server's clock proves nothing about ours.</summary>
    private const int LeastHosts = 3;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, TimeSpan> _ahead = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why nothing may be published now, for the operator; null when the clock is right as far as is known.</summary>
    public string? Fault
    {
        get
        {
            var ahead = _ahead.Values.Order().ToList();
            if (ahead.Count < LeastHosts || ahead[ahead.Count / 2].Duration() <= Tolerance) return null;
            var now = time.GetUtcNow();
            return string.Create(CultureInfo.InvariantCulture,
                $"This machine's clock says {now:u}, but {ahead.Count} servers say about {now + ahead[ahead.Count / 2]:u}; nothing is published until it is set right (timedatectl set-ntp true).");
        }
    }

    /// <summary>Takes note of what a server says.</summary>
    public void Note(string host, DateTimeOffset serverDate) => _ahead[host] = serverDate - time.GetUtcNow();
}
