using Kwid.Core.Model;

namespace Kwid.Core.Health;

/// <summary>Keeps a source's outages: one however many polls failed, begun with the first of them, ended in place by an answer and by nothing else.</summary>
public static class OutageLog
{
    /// <summary>Outages remembered per source.</summary>
    public const int Kept = 10;

    /// <summary>A single failed poll is the web as it is; the second in a row is an outage.</summary>
    private const int LeastFailures = 2;

    /// <summary>So long a server may ask for patience before that is an outage, too.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private static readonly TimeSpan Calm = TimeSpan.FromHours(1);

    /// <summary>The outages after a poll.</summary>
    /// <param name="state">After the poll, its condition included; its outages are those before.</param>
    /// <param name="interval">The source's own: what comes back within two of them is the same outage.</param>
    /// <param name="now">When the poll ended, UTC.</param>
    public static IReadOnlyList<Outage> Update(SourceState state, TimeSpan interval, DateTimeOffset now)
    {
        var outages = state.Outages;
        var last = outages.Count > 0 ? outages[^1] : null;
        if (!IsOutage(state, now))
            // A poll that was put off, that our own line cut, or that failed once in passing ends nothing.
            return last is { End: null } && state.Error is null ? Replace(outages, last with { End = now, Updated = now }) : outages;

        var start = Start(state, now);
        if (last is not null && (last.Start == start || last.End is not { } end || now - end < Longer(Calm, interval * 2))) return Replace(outages, Continue(last, state.Condition, now));
        return [.. outages.Append(new Outage(start, state.Condition.State, state.Condition.Reason, Math.Max(1, state.Failures), now, null)).TakeLast(Kept)];
    }

    /// <summary>Words that change at every poll must not make a reader show it again at every poll.</summary>
    private static Outage Continue(Outage last, SourceCondition condition, DateTimeOffset now)
    {
        var told = last.End is null && last.State == condition.State && (last.Reason == condition.Reason || (now - last.Updated).Duration() < Calm);
        return told
            ? last with { Polls = last.Polls + 1 }
            : last with { State = condition.State, Reason = condition.Reason, Polls = last.Polls + 1, Updated = now, End = null };
    }

    private static bool IsOutage(SourceState state, DateTimeOffset now) => state.Condition.State switch
    {
        HealthState.Failing or HealthState.NotAFeed or HealthState.Gone => state.Failures >= LeastFailures,
        HealthState.Paused => now - state.FailingSince >= LongestPause,
        HealthState.Stale or HealthState.Shrunk => state.Error is null,
        // What waits for the operator is told by itself.
        HealthState.Drift => state.Error is null && state.Held is null,
        _ => false,
    };

    private static DateTimeOffset Start(SourceState state, DateTimeOffset now)
    {
        var start = state.FailingSince ?? state.Condition.Since ?? now;
        return start.AddTicks(-(start.UtcTicks % TimeSpan.TicksPerSecond));
    }

    private static IReadOnlyList<Outage> Replace(IReadOnlyList<Outage> outages, Outage last) => [.. outages.SkipLast(1), last];

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
