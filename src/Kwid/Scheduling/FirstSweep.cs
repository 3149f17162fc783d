using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Scheduling;

/// <summary>The first round over all sources that are due at start: how far it is, and when it has ended.</summary>
internal sealed class FirstSweep
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<SourceId> _due = [];
    private readonly List<PollReport> _failed = [];
    private int _total;

    /// <summary>Done when every source that was due has been asked once.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Called for each step with: asked, due in all, failed.</summary>
    public Action<int, int, int>? Progress { get; set; }

    /// <summary>What was not reached.</summary>
    public IReadOnlyList<PollReport> Failed => _failed;

    /// <summary>Names the sources that are due.</summary>
    public void Begin(IEnumerable<SourceId> due)
    {
        lock (_gate)
        {
            _due.UnionWith(due);
            _total = _due.Count;
            if (_total == 0) _ended.TrySetResult();
        }
    }

    /// <summary>Takes note of a poll's end; later polls of the same source change nothing. Null: the source is gone, or nothing could be stored.</summary>
    public void Note(SourceId source, PollReport? report)
    {
        lock (_gate)
        {
            if (!_due.Remove(source)) return;
            if (report is { Outcome: PollOutcome.Failed }) _failed.Add(report);
            Progress?.Invoke(_total - _due.Count, _total, _failed.Count);
            if (_due.Count == 0) _ended.TrySetResult();
        }
    }
}
