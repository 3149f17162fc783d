using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Health;

/// <summary>Puts a source's state into one word with its reason: what is most urgent wins.</summary>
public static class ConditionJudge
{
    private const int Gone = 410;

    /// <summary>The condition after a poll.</summary>
    /// <param name="state">With everything that the poll changed but the condition itself.</param>
    /// <param name="isFeed">False when something came that is no feed.</param>
    /// <param name="now">When the poll ended, UTC.</param>
    public static SourceCondition Judge(SourceState state, bool isFeed, DateTimeOffset now)
    {
        var (health, reason) = Find(state, isFeed, now);
        var lasts = state.Condition.State == health && state.Condition.Since is not null;
        return new SourceCondition(health, lasts ? state.Condition.Since : now, reason);
    }

    private static (HealthState State, string? Reason) Find(SourceState state, bool isFeed, DateTimeOffset now)
    {
        if (state.Error is { } error)
        {
            if (state.PausedUntil > now) return (HealthState.Paused, error);
            if (state.LastStatus == Gone) return (HealthState.Gone, error);
            return (isFeed ? HealthState.Failing : HealthState.NotAFeed, error);
        }

        if (state.Held is { } held) return (HealthState.Drift, held.Reason);
        if (state.History.Document is { State: not HealthState.Ok } odd) return (odd.State, odd.Reason);
        if (Silence.Measure(state.History.Arrivals, now) is var (allowed, lasted) && lasted > allowed)
            return (HealthState.Stale, Say($"Nothing new since {state.History.Arrivals[^1]:yyyy-MM-dd HH:mm} UTC, for {Days(lasted)}; it never kept silent for more than about {Days(allowed / 3)}. Open the address in a browser and see whether the publisher has gone on elsewhere."));
        if (state.MovedTo is { } target)
            return (HealthState.Moved, $"It answers from {target} for good; set the url of source '{state.Source}' in feeds.config.json to that address.");
        return (HealthState.Ok, null);
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Days(TimeSpan span) => span < TimeSpan.FromDays(2) ? Say($"{span.TotalHours:0} hours") : Say($"{span.TotalDays:0} days");
}
