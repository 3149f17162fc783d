using System.Collections.Concurrent;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Service;

/// <summary>Counts since the start of what polls did. Safe to use from several threads.</summary>
internal sealed class PollTally
{
    private readonly ConcurrentDictionary<SourceId, PollCounts> _counts = new();

    /// <summary>Takes in a poll; a dry run did nothing.</summary>
    public void Note(PollReport report)
    {
        if (!report.IsDryRun) _counts.AddOrUpdate(report.Source, _ => PollCounts.None.And(report), (_, counts) => counts.And(report));
    }

    /// <summary>What was counted of a source.</summary>
    public PollCounts Of(SourceId source) => _counts.GetValueOrDefault(source) ?? PollCounts.None;
}
