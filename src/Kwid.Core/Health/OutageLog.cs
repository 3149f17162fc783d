using Kwid.Core.Model;

namespace Kwid.Core.Health;

/// <summary>Keeps a source's outages: one however many polls failed, begun with the first of them, ended in place.</summary>
public static class OutageLog
{
    /// <summary>Outages remembered per source.</summary>
    public const int Kept = 10;

    /// <summary>A single failed poll is the web as it is; the second in a row is an outage.</summary>
    private const int LeastFailures = 2;

    private static readonly TimeSpan Calm = TimeSpan.FromHours(1);

    /// <summary>The outages after a poll.</summary>
    /// <param name="state">After the poll, its condition included; its outages are those before.</param>
    /// <param name="interval">The source's own: what comes back within two of them is the same outage.</param>
    /// <param name="now">When the poll ended, UTC.</param>
    public static IReadOnlyList<Outage> Update(SourceState state, TimeSpan interval, DateTimeOffset now)
    {
        var outages = state.Outages;
        var last = outages.Count > 0 ? outages[^1] : null;
        if (!IsOutage(state)) return last is { End: null } ? Replace(outages, last with { End = now, Updated = now }) : outages;

        var (health, _, reason) = state.Condition;
        if (last is not null && (last.End is not { } end || now - end < Longer(Calm, interval * 2)))
        {
            var told = last.End is null && last.State == health && (last.Reason == reason || now - last.Updated < Calm);
            return Replace(outages, told
                ? last with { Polls = last.Polls + 1 }
                : last with { State = health, Reason = reason, Polls = last.Polls + 1, Updated = now, End = null });
        }

        return [.. outages.Append(new Outage(Start(state, now), health, reason, Math.Max(1, state.Failures), now, null)).TakeLast(Kept)];
    }

    private static bool IsOutage(SourceState state) => state.Condition.State switch
    {
        HealthState.Failing or HealthState.NotAFeed or HealthState.Gone => state.Failures >= LeastFailures,
        HealthState.Stale or HealthState.Shrunk => true,
        // What waits for the operator is told by itself.
        HealthState.Drift => state.Held is null,
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
