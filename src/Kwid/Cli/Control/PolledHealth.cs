using Kwid.Core.Model;
using Kwid.Service;

namespace Kwid.Cli.Control;

/// <summary>A source's health as <c>poll --json</c> shows it: instants UTC, latencies milliseconds, null where nothing is known.</summary>
internal sealed record PolledHealth
{
    /// <summary>One of ok, failing, stale, shrunk, drift, notAFeed, gone, moved, paused.</summary>
    public required string State { get; init; }

    public string? Reason { get; init; }

    public string? Remark { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? LastNew { get; init; }

    public int? LastHttpStatus { get; init; }

    public long? Bytes { get; init; }

    public int? LatencyP50Ms { get; init; }

    public int? LatencyP95Ms { get; init; }

    public DateTimeOffset? NextPoll { get; init; }

    public int ConsecutiveErrors { get; init; }

    public DateTimeOffset? CertificateExpires { get; init; }

    public double? CoverageHours { get; init; }

    public int Gaps { get; init; }

    public int Held { get; init; }

    public static PolledHealth Of(SourceHealth health) => new()
    {
        State = health.State.Word(),
        Reason = health.Reason,
        Remark = health.Remark,
        Since = health.Since,
        LastSuccess = health.LastSuccess,
        LastNew = health.LastNew,
        LastHttpStatus = health.LastStatus,
        Bytes = health.Bytes,
        LatencyP50Ms = health.LatencyP50,
        LatencyP95Ms = health.LatencyP95,
        NextPoll = health.NextPoll,
        ConsecutiveErrors = health.ConsecutiveErrors,
        CertificateExpires = health.CertificateExpires,
        CoverageHours = health.CoverageHours,
        Gaps = health.Gaps,
        Held = health.Held,
    };
}
