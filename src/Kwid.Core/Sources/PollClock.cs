using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cronos;
using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>
/// When a source is asked next. Pure: the same arguments give the same instant, so that a restart neither shifts a plan nor makes a burst.
/// It never gives up: however often a source failed, there is a next time.
/// </summary>
public static class PollClock
{
    private const double Jitter = 0.2;
    private static readonly TimeSpan MustCeiling = TimeSpan.FromHours(1);
    private static readonly TimeSpan NormalCeiling = TimeSpan.FromHours(24);
    private static readonly TimeSpan RetryAfterCeiling = TimeSpan.FromHours(24);
    private static readonly TimeSpan Daily = TimeSpan.FromHours(24);

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>How often at least a source looks whether our line is back.</summary>
    private static readonly TimeSpan LineProbe = TimeSpan.FromMinutes(10);

    /// <summary>
    /// After a success: the interval ±20 %, or the next time of the cron expression. After a failure: the interval doubled with each further failure, up to 1 h
    /// (<c>must</c>) or 24 h (<c>normal</c>), ±20 % within these bounds and never less than the interval. Hints of the source may slow it down up to
    /// <c>maxStaleness</c>. A Retry-After is kept to, up to 24 h; what is gone is asked daily; nothing grows while our own line is down.
    /// </summary>
    /// <param name="source">Whose next poll it is: its id spreads it, its class and interval set the pace.</param>
    /// <param name="policy">The pace of the classes.</param>
    /// <param name="result">How the poll went.</param>
    /// <param name="failuresInARow">Polls failed in a row, this one included; 0 after a success.</param>
    /// <param name="now">When the poll ended, UTC.</param>
    public static PollPlan Next(Source source, PollingPolicy policy, PollResult result, int failuresInARow, DateTimeOffset now)
    {
        var plan = result switch
        {
            { IsGone: true } => After(Daily, "gone (410): asked daily"),
            { IsOurLine: true } => After(Spread(source.Id, now, Shorter(IntervalOf(source, policy), LineProbe)), "our own line is down: no back-off, and at once when it is back"),
            { IsPostponed: true } => After(TimeSpan.Zero, "nothing was asked"),
            { Succeeded: false } => BackOff(source, policy, failuresInARow, now),
            _ => Regular(source, policy, result.Hint, now),
        };
        return result.RetryAfter is { } asked ? Later(plan, Shorter(asked, RetryAfterCeiling)) : plan;

        PollPlan After(TimeSpan pause, string reason) => new(now + pause, reason);

        PollPlan Later(PollPlan plan, TimeSpan asked) => now + asked < plan.At ? plan : After(asked, $"Retry-After of {Show(asked)}");
    }

    /// <summary>
    /// The latest instant that a remembered plan may name: it may have been made under another configuration or by a clock that was wrong, and a source must not be
    /// forgotten for that.
    /// </summary>
    /// <param name="source">As it is configured now.</param>
    /// <param name="policy">The pace of the classes now.</param>
    /// <param name="state">Of the last poll.</param>
    /// <param name="now">UTC.</param>
    public static DateTimeOffset Latest(Source source, PollingPolicy policy, SourceState state, DateTimeOffset now)
    {
        if (state.LastPoll > now + ClockTolerance) return now;
        var paused = state.PausedUntil is { } until && until > now ? Earlier(until, now + RetryAfterCeiling) : now;
        if (NextByCron(source, policy, now) is { } planned) return Later(paused, planned);
        var interval = IntervalOf(source, policy) * (1 + Jitter);
        var most = state.Error is null ? source.Class is SourceClass.Must ? policy.MustMaxStaleness : policy.NormalMaxStaleness : Daily;
        return Later(paused, now + Longer(interval, most));
    }

    /// <summary>The pause that the source is meant to have: its own, or that of its class.</summary>
    public static TimeSpan IntervalOf(Source source, PollingPolicy policy) =>
        source.Interval ?? (source.Class is SourceClass.Must ? policy.MustInterval : policy.NormalInterval);

    /// <summary>A hint only ever slows down, and only so far: it is the quiet source that matters.</summary>
    private static PollPlan Regular(Source source, PollingPolicy policy, TimeSpan? hint, DateTimeOffset now)
    {
        if (NextByCron(source, policy, now) is { } due) return new PollPlan(due, $"cron {source.Cron}");
        var interval = IntervalOf(source, policy);
        var pause = Spread(source.Id, now, interval);
        var most = source.Class is SourceClass.Must ? policy.MustMaxStaleness : policy.NormalMaxStaleness;
        return hint is { } asked && Shorter(asked, most) is var slower && slower > pause
            ? new PollPlan(now + slower, Say($"the source suggests {Show(asked)}{(asked > most ? $", maxStaleness allows {Show(most)}" : "")}"))
            : new PollPlan(now + pause, Say($"interval of {Show(interval)}, spread by up to 20 %"));
    }

    private static PollPlan BackOff(Source source, PollingPolicy policy, int failuresInARow, DateTimeOffset now)
    {
        var interval = IntervalOf(source, policy);
        // A source that is asked less often than the ceiling says keeps its own interval, spread upwards.
        var ceiling = Longer(source.Class is SourceClass.Must ? MustCeiling : NormalCeiling, interval * (1 + Jitter));
        var doublings = Math.Clamp(failuresInARow - 1, 0, 20);
        var middle = Shorter(interval * Math.Pow(2, doublings), ceiling);
        var (least, most) = (Longer(interval, middle * (1 - Jitter)), Shorter(ceiling, middle * (1 + Jitter)));
        var due = now + least + (most - least) * Chance(source.Id, now);
        var reason = Say($"back-off after {failuresInARow} failed polls in a row, at most {Show(ceiling)}");
        // By its plan it would be asked sooner: a back-off never makes it wait longer than that.
        return NextByCron(source, policy, now) is { } planned && planned < due ? new PollPlan(planned, $"cron {source.Cron}") : new PollPlan(due, reason);
    }

    private static DateTimeOffset? NextByCron(Source source, PollingPolicy policy, DateTimeOffset now) =>
        source.Cron is { } text ? CronExpression.Parse(text).GetNextOccurrence(now, policy.TimeZone)?.ToUniversalTime() : null;

    private static TimeSpan Spread(SourceId source, DateTimeOffset now, TimeSpan pause) => pause * (1 - Jitter + 2 * Jitter * Chance(source, now));

    /// <summary>A number from 0 up to but not including 1 that differs from source to source and from poll to poll.</summary>
    private static double Chance(SourceId source, DateTimeOffset now)
    {
        // string.GetHashCode differs from process to process; this must not.
        var text = string.Create(CultureInfo.InvariantCulture, $"{source}|{now.ToUnixTimeMilliseconds()}");
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) / (uint.MaxValue + 1.0);
    }

    private static string Show(TimeSpan span) => span.ToString(span.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
