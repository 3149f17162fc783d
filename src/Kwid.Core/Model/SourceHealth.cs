namespace Kwid.Core.Model;

/// <summary>A source's health as it is shown: status page, <c>kwid poll --json</c>, metrics, operator's feed. Instants are UTC; null: not known.</summary>
public sealed record SourceHealth
{
    /// <summary>Whose health it is.</summary>
    public required SourceId Source { get; init; }

    /// <summary>In one word.</summary>
    public required HealthState State { get; init; }

    /// <summary>What was found and what to do; null when all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>What was odd in its last documents though they were read; null when nothing was.</summary>
    public string? Remark { get; init; }

    /// <summary>When it became so.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Last poll that was answered.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Last time that something unknown came.</summary>
    public DateTimeOffset? LastNew { get; init; }

    /// <summary>HTTP status of the last poll.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Bytes of the last body.</summary>
    public long? Bytes { get; init; }

    /// <summary>Half of the last requests were answered within so many milliseconds.</summary>
    public int? LatencyP50 { get; init; }

    /// <summary>19 of 20 of the last requests were answered within so many milliseconds.</summary>
    public int? LatencyP95 { get; init; }

    /// <summary>When it is asked next.</summary>
    public DateTimeOffset? NextPoll { get; init; }

    /// <summary>Polls failed in a row.</summary>
    public int ConsecutiveErrors { get; init; }

    /// <summary>When its server's certificate ends.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>How far its document reaches back, in hours.</summary>
    public double? CoverageHours { get; init; }

    /// <summary>Possible gaps so far.</summary>
    public int Gaps { get; init; }

    /// <summary>New entries that wait for the operator.</summary>
    public int Held { get; init; }

    /// <summary>The health that a source's state tells.</summary>
    public static SourceHealth Of(SourceState state) => new()
    {
        Source = state.Source,
        State = state.Condition.State,
        Reason = state.Condition.Reason,
        Remark = state.Remark,
        Since = state.Condition.Since,
        LastSuccess = state.LastSuccess,
        LastNew = state.LastNew,
        LastStatus = state.LastStatus,
        Bytes = state.LastBytes,
        LatencyP50 = Percentile(state.History.Latencies, 0.5),
        LatencyP95 = Percentile(state.History.Latencies, 0.95),
        NextPoll = state.NextPoll,
        ConsecutiveErrors = state.Failures,
        CertificateExpires = state.CertificateExpires,
        CoverageHours = state.History.CoverageHours,
        Gaps = state.Gaps,
        Held = state.Held?.Advisories ?? 0,
    };

    private static int? Percentile(IReadOnlyList<int> values, double share) =>
        values.Count == 0 ? null : values.Order().ElementAt((int)Math.Ceiling(values.Count * share) - 1);
}
