using Kwid.Core.Model;

namespace Kwid.Core.Health;

/// <summary>
/// Tells our own line's outage from the sources': when more than half of the hosts asked in the last ten minutes could not be reached, and at least three of
/// them, it is ours. Then no source is blamed. An answer of any status counts as reached. Safe for several tasks at once.
/// </summary>
public sealed class OwnLine(TimeProvider time)
{
    private const int LeastHosts = 3;

    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Asked> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<SourceId> _spared = [];
    private readonly HashSet<string> _unreached = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Since when it is down, UTC: the beginning of the first poll that it cut; null while it is not.</summary>
    public DateTimeOffset? DownSince { get; private set; }

    /// <summary>Takes note of how a host fared.</summary>
    /// <param name="source">On whose behalf it was asked.</param>
    /// <param name="host">The host.</param>
    /// <param name="reached">Whether anything answered.</param>
    /// <param name="began">When the poll began, UTC.</param>
    /// <returns>What follows from it.</returns>
    public LineNews Note(SourceId source, string host, bool reached, DateTimeOffset began)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var old in _hosts.Where(pair => (now - pair.Value.At).Duration() > LookBack).Select(pair => pair.Key).ToList()) _hosts.Remove(old);
            var before = _hosts.GetValueOrDefault(host);
            _hosts[host] = reached ? Asked.Well(now) : new Asked(now, Reached: false, before is { Reached: false } ? before.FailedSince : began, Joined(before, source));
            return DownSince is null ? Detect(now) : Follow(source, host, reached);
        }
    }

    private LineNews Detect(DateTimeOffset now)
    {
        var failing = _hosts.Where(host => !host.Value.Reached).ToList();
        if (failing.Count < LeastHosts || !IsMost(failing.Count)) return LineNews.None;
        // A host that has been dead for long does not tell when the line broke.
        DownSince = failing.Select(host => host.Value.FailedSince).Where(since => now - since <= LookBack).Append(now).Min();
        foreach (var (host, asked) in failing)
        {
            _unreached.Add(host);
            _spared.UnionWith(asked.Sources);
        }

        return new LineNews(WentDown: true, CameBack: []);
    }

    /// <summary>The line is back when a host answers that did not while it was down; one that always did, in our own house perhaps, proves nothing.</summary>
    private LineNews Follow(SourceId source, string host, bool reached)
    {
        if (!reached)
        {
            _spared.Add(source);
            _unreached.Add(host);
            return LineNews.None;
        }

        if (!_unreached.Contains(host) && IsMost(_hosts.Values.Count(asked => !asked.Reached))) return LineNews.None;
        _spared.Remove(source);
        var spared = _spared.ToList();
        DownSince = null;
        _spared.Clear();
        _unreached.Clear();
        foreach (var failed in _hosts.Where(pair => !pair.Value.Reached).Select(pair => pair.Key).ToList()) _hosts.Remove(failed);
        return new LineNews(WentDown: false, spared);
    }

    private static HashSet<SourceId> Joined(Asked? before, SourceId source) => before is { Reached: false } ? [.. before.Sources, source] : [source];

    private bool IsMost(int failing) => failing * 2 > _hosts.Count;

    /// <param name="At">When it was asked last.</param>
    /// <param name="Reached">Whether it answered then.</param>
    /// <param name="FailedSince">Beginning of the first poll that failed on it in a row.</param>
    /// <param name="Sources">Those that failed on it in a row.</param>
    private sealed record Asked(DateTimeOffset At, bool Reached, DateTimeOffset FailedSince, IReadOnlySet<SourceId> Sources)
    {
        private static readonly HashSet<SourceId> Nobody = [];

        public static Asked Well(DateTimeOffset at) => new(at, Reached: true, default, Nobody);
    }
}

/// <summary>What one more answer told of our own line.</summary>
/// <param name="WentDown">It was found to be down just now: sources that failed since <see cref="OwnLine.DownSince"/> are not to blame.</param>
/// <param name="CameBack">It is back: the sources to be asked at once, those that failed meanwhile; empty when it is not.</param>
public sealed record LineNews(bool WentDown, IReadOnlyList<SourceId> CameBack)
{
    /// <summary>Nothing.</summary>
    public static LineNews None { get; } = new(false, []);
}
