using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Core.Pipeline;

/// <summary>One poll while it runs: what it found so far, and the source's state that follows from it.</summary>
internal sealed class Poll(Source source, SourceState before, PollingPolicy policy, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();
    private readonly SourceState _before = before;
    private readonly List<Rejected> _rejected = [];
    private FetchOutcome.Failed? _failure;
    private PollOutcome _outcome = PollOutcome.Unchanged;
    private TimeSpan? _freshness;
    private int _added;
    private int _revised;

    public Source Source => source;

    public PollingPolicy Policy => policy;

    /// <summary>Whether nothing is to be committed.</summary>
    public bool IsDryRun { get; init; }

    public SourceState State { get; private set; } = before;

    /// <summary>Whether the source was never read to its end at this address.</summary>
    public bool IsFirst => _before.FirstPollDone is null;

    public void Fail(FetchOutcome.Failed failure) => _failure = failure;

    public void Unchanged(FetchOutcome.NotModified unchanged, string? cursor) =>
        State = State with { Validators = unchanged.Validators, Cursor = cursor, LastStatus = source.Url.IsFile ? null : 304, Remark = _before.Remark };

    /// <summary>The state to be stored in one transaction with a document's entries.</summary>
    public SourceState StateAfter(FetchOutcome.Fetched fetched, string? cursor, int added) => State with
    {
        Validators = fetched.Validators,
        Cursor = cursor,
        LastPoll = _started,
        LastNew = added > 0 ? _started : State.LastNew,
    };

    public void Read(
        FetchOutcome.Fetched fetched, string? cursor, ReadDocument document, int entries, IReadOnlyList<Rejected> rejected, int added, int revised)
    {
        _outcome = PollOutcome.Read;
        _added += added;
        _revised += revised;
        _rejected.AddRange(rejected);
        var remarks = document.Faults.Concat(rejected.Take(3).Select(each => $"{each.What}: {each.Reason}")).ToList();
        State = StateAfter(fetched, cursor, added) with
        {
            LastStatus = source.Url.IsFile ? null : fetched.Status,
            LastEntries = entries + document.Unchanged,
            LastRejected = rejected.Count,
            SuggestedPause = document.Head.Pause,
            Remark = remarks.Count == 0 ? null : string.Join(" ", remarks),
        };
    }

    /// <summary>The state that the poll leaves behind.</summary>
    public SourceState Finish()
    {
        var failures = _failure is null ? 0 : _before.Failures + 1;
        State = State with { LastPoll = _started, Failures = failures, Error = _failure?.Reason, LastStatus = _failure is null ? State.LastStatus : _failure.Status };
        // One bad file in a folder must not make every later poll of it a first one.
        if (_failure is null || _outcome is PollOutcome.Read) State = State with { FirstPollDone = _before.FirstPollDone ?? _started };
        if (_failure is null) State = State with { LastSuccess = _started };
        State = State with { NextPoll = PollClock.Next(source, policy, Result(), failures, time.GetUtcNow()) };
        return State;
    }

    /// <summary>Notes how long the server says that its answer stays fresh.</summary>
    public void Note(TimeSpan? freshness) => _freshness = freshness ?? _freshness;

    private PollResult Result()
    {
        if (_failure is not null) return PollResult.Of(_failure);
        var suggested = State.SuggestedPause;
        return PollResult.Success with { Hint = _freshness is { } fresh && (suggested is not { } pause || fresh > pause) ? fresh : suggested };
    }

    public PollReport Report() => new(
        source.Id, _failure is null ? _outcome : PollOutcome.Failed, State.LastStatus, _added, _revised, _rejected, _failure?.Reason, State.NextPoll!.Value)
    {
        NextPollReason = State.NextPollReason ?? "",
        Health = SourceHealth.Of(State),
        IsDryRun = IsDryRun,
    };
}
