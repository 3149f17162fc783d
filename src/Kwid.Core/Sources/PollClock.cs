using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>
    /// After a success: the interval ±20 %. After a failure: the interval doubled with each further failure, up to 1 h (<c>must</c>) or 24 h (<c>normal</c>),
    /// ±20 % within these bounds and never less than the interval. Hints of the source may slow it down up to <c>maxStaleness</c>. A Retry-After is kept to, up to 24 h.
    /// </summary>
    /// <param name="source">Whose next poll it is: its id spreads it, its class and interval set the pace.</param>
    /// <param name="policy">The pace of the classes.</param>
    /// <param name="result">How the poll went.</param>
    /// <param name="failuresInARow">Polls failed in a row, this one included; 0 after a success.</param>
    /// <param name="now">When the poll ended, UTC.</param>
    public static DateTimeOffset Next(Source source, PollingPolicy policy, PollResult result, int failuresInARow, DateTimeOffset now)
    {
        var interval = IntervalOf(source, policy);
        var (least, most) = result.Succeeded
            ? (interval * (1 - Jitter), interval * (1 + Jitter))
            : BackOff(interval, source.Class, failuresInARow);
        var pause = least + (most - least) * Spread(source.Id, now);
        return now + Later(Slower(pause, result.Hint, source.Class is SourceClass.Must ? policy.MustMaxStaleness : policy.NormalMaxStaleness), result.RetryAfter);
    }

    /// <summary>The pause that the source is meant to have: its own, or that of its class.</summary>
    public static TimeSpan IntervalOf(Source source, PollingPolicy policy) =>
        source.Interval ?? (source.Class is SourceClass.Must ? policy.MustInterval : policy.NormalInterval);

    private static (TimeSpan Least, TimeSpan Most) BackOff(TimeSpan interval, SourceClass @class, int failuresInARow)
    {
        // A source that is asked less often than the ceiling says keeps its own interval, spread upwards.
        var ceiling = Longer(@class is SourceClass.Must ? MustCeiling : NormalCeiling, interval * (1 + Jitter));
        var doublings = Math.Clamp(failuresInARow - 1, 0, 20);
        var middle = Shorter(interval * Math.Pow(2, doublings), ceiling);
        return (Longer(interval, middle * (1 - Jitter)), Shorter(ceiling, middle * (1 + Jitter)));
    }

    /// <summary>A hint only ever slows down, and only so far: it is the quiet source that matters.</summary>
    private static TimeSpan Slower(TimeSpan pause, TimeSpan? hint, TimeSpan maxStaleness) => hint is { } asked ? Longer(pause, Shorter(asked, maxStaleness)) : pause;

    private static TimeSpan Later(TimeSpan pause, TimeSpan? retryAfter) =>
        retryAfter is { } asked ? Longer(pause, Shorter(asked, RetryAfterCeiling)) : pause;

    /// <summary>A number from 0 up to but not including 1 that differs from source to source and from poll to poll.</summary>
    private static double Spread(SourceId source, DateTimeOffset now)
    {
        // string.GetHashCode differs from process to process; this must not.
        var text = string.Create(CultureInfo.InvariantCulture, $"{source}|{now.ToUnixTimeMilliseconds()}");
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) / (uint.MaxValue + 1.0);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
