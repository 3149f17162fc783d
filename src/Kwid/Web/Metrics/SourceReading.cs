using Kwid.Core.Model;
using Kwid.Service;

namespace Kwid.Web.Metrics;

/// <summary>All there is to measure of one source, taken at one moment.</summary>
internal sealed record SourceReading(SourceId Id, SourceState State, SourceHealth Health, PollCounts Counts)
{
    private const double MillisecondsInSecond = 1000;

    /// <summary>Of each source that is asked now: those that are gone are not measured.</summary>
    public static IEnumerable<SourceReading> TakeAll(Installation installation) =>
        from source in installation.PolledSources
        let state = installation.States.Of(source)
        select new SourceReading(source.Id, state, SourceHealth.Of(state), installation.Tally.Of(source.Id));

    /// <summary>1 when its last poll was answered with something that can be read, else 0, also before its first.</summary>
    public int Up => State is { LastPoll: not null, Failures: 0, Error: null } ? 1 : 0;

    /// <summary>Each word with 1 for the state it is in; all 0 before its first poll.</summary>
    public IEnumerable<(string Word, double? Value)> States =>
        HealthWords.All.Select(state => (state.Word(), (double?)(State.LastPoll is not null && state == Health.State ? 1 : 0)));

    /// <summary>By quantile, seconds.</summary>
    public IEnumerable<(string Quantile, double? Value)> Latencies => [("0.5", Health.LatencyP50 / MillisecondsInSecond), ("0.95", Health.LatencyP95 / MillisecondsInSecond)];

    /// <summary>By outcome.</summary>
    public IEnumerable<(string Outcome, double? Value)> Polls => [("read", Counts.Read), ("unchanged", Counts.Unchanged), ("failed", Counts.Failed)];

    /// <summary>Seconds since 1970, milliseconds kept.</summary>
    public static double? Unix(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds() / MillisecondsInSecond;
}
