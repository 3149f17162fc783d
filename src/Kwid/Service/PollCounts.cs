using Kwid.Core.Pipeline;

namespace Kwid.Service;

/// <summary>What the polls of one source did since the start.</summary>
/// <param name="Read">Polls that brought a document.</param>
/// <param name="Unchanged">Polls that were answered, unchanged.</param>
/// <param name="Failed">Polls without a usable answer.</param>
/// <param name="New">Advisories that were unknown.</param>
/// <param name="Revised">Advisories that said something else.</param>
/// <param name="Rejected">Items that could not become entries, anew with each poll that met them.</param>
internal sealed record PollCounts(long Read, long Unchanged, long Failed, long New, long Revised, long Rejected)
{
    /// <summary>Of a source that was not polled yet.</summary>
    public static PollCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>With one more poll.</summary>
    public PollCounts And(PollReport report) => new(
        Read + Of(report, PollOutcome.Read), Unchanged + Of(report, PollOutcome.Unchanged), Failed + Of(report, PollOutcome.Failed),
        New + report.New, Revised + report.Revised, Rejected + report.Rejected.Count);

    private static int Of(PollReport report, PollOutcome outcome) => report.Outcome == outcome ? 1 : 0;
}
