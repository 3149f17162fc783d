using Kwid.Core.Health;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Core.Pipeline;

/// <summary>One poll while it runs: what it found so far, and the source's state that follows from it.</summary>
internal sealed class Poll(Source source, SourceState before, PollingPolicy policy, TimeProvider time)
{
    private const int LatenciesKept = 100;
    private const int NewCountsKept = 60;

    /// <summary>Most remarks on one poll.</summary>
    private const int MostRemarks = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(24);

    private readonly DateTimeOffset _started = time.GetUtcNow();
    private readonly SourceState _before = before;
    private readonly List<Rejected> _rejected = [];
    private readonly List<string> _remarks = [];
    private readonly List<Exchange> _exchanges = [];
    private readonly ValidatorsStory _validators = new(before.Validators);
    private FetchOutcome.Failed? _failure;
    private PollOutcome _outcome = PollOutcome.Unchanged;
    private TimeSpan? _freshness;
    private Taken _taken = Taken.Nothing;
    private bool _isFeed = true;

    public Source Source => source;

    public PollingPolicy Policy => policy;

    /// <summary>Whether nothing is to be committed.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The state so far.</summary>
    public SourceState State { get; private set; } = before;

    /// <summary>Whether the source was never read to its end at this address.</summary>
    public bool IsFirst => _before.FirstPollDone is null;

    /// <summary>The failure that ended the walk; null while there is none.</summary>
    public FetchOutcome.Failed? Failure => _failure;

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset Started => _started;

    /// <summary>Whether our own line is at fault; to be said before the poll is finished.</summary>
    public bool IsOurLine { get; set; }

    /// <summary>When the source has to be asked again at the latest, UTC: a notice expires then. Null: whenever it is due.</summary>
    public DateTimeOffset? NotLaterThan { get; set; }

    /// <summary>Takes note of what a step says besides its document.</summary>
    public void Note(FetchOutcome outcome)
    {
        _freshness = outcome.Freshness ?? _freshness;
        _exchanges.AddRange(outcome.Exchanges);
        if (outcome.CertificateExpires is { } expires) State = State with { CertificateExpires = expires };
        if (outcome is FetchOutcome.Failed || outcome.Exchanges.Count == 0) return;
        var took = (int)outcome.Exchanges.Sum(exchange => exchange.Elapsed.TotalMilliseconds);
        State = State with { MovedTo = outcome.MovedTo?.AbsoluteUri, History = State.History with { Latencies = [.. State.History.Latencies.Append(took).TakeLast(LatenciesKept)] } };
    }

    /// <summary>Takes note of what was odd on the way.</summary>
    public void Note(IReadOnlyList<string> remarks)
    {
        _remarks.AddRange(remarks.Take(MostRemarks - _remarks.Count));
        if (_remarks.Count > 0) State = State with { Remark = string.Join(" ", _remarks) };
    }

    /// <summary>The walk ended with a failure.</summary>
    /// <param name="failure">Which.</param>
    /// <param name="isFeed">False when something came that is no feed.</param>
    public void Fail(FetchOutcome.Failed failure, bool isFeed = true) => (_failure, _isFeed) = (failure, isFeed);

    public void Unchanged(FetchOutcome.NotModified unchanged, string? cursor)
    {
        _validators.Unchanged(unchanged.Validators);
        State = State with { Validators = unchanged.Validators, Cursor = cursor, LastStatus = source.Url.IsFile ? null : 304, Remark = _remarks.Count > 0 ? State.Remark : _before.Remark };
    }

    /// <summary>The state to be stored in one transaction with a document's entries, or with some of them: then nothing of it but what waits.</summary>
    public SourceState StateAfter(ReadStep step, Staging staging, Taken taken, bool isAll)
    {
        var state = State with { Held = staging.HeldAfter(taken, _started) };
        if (!isAll) return state;
        // Where each document is a matter of its own none tells of the source.
        var history = source.Kind is SourceKind.Notices ? State.History with { Document = Judge(step.Missing) } : source.HasManyDocuments ? State.History : DocumentCheck.Append(State.History, step.Look, DocumentCheck.Judge(step.Look, State.History, _started));
        if (taken.New > 0)
            history = history with { Arrivals = Silence.Append(history.Arrivals, step.Entries.Select(entry => entry.UpstreamDate).OfType<DateTimeOffset>(), IsFirst, _started) };
        if (taken.New > 0 && taken.Waiting.Count == 0 && !IsFirst)
            history = history with { NewCounts = [.. history.NewCounts.Append(taken.New).TakeLast(NewCountsKept)] };
        var gap = IsFirst || source.Kind is SourceKind.Csaf ? null : GapDetector.Find(source, _before, step.Look, ArchiveLink.Find(source, step), _started);
        return state with
        {
            Validators = step.Validators,
            Cursor = step.Cursor,
            LastPoll = _started,
            LastNew = taken.New > 0 ? _started : State.LastNew,
            LastBytes = step.Documents.Sum(body => (long)body.Document.Body.Length),
            History = history,
            Gaps = gap is null ? State.Gaps : State.Gaps + 1,
            LastGap = gap ?? State.LastGap,
        };
    }

    /// <summary>A document was read and committed.</summary>
    public void Read(ReadStep step, Staging staging, Taken taken)
    {
        _outcome = PollOutcome.Read;
        Count(step, taken);
        _validators.Read(step.Validators);
        if (!source.HasManyDocuments) _remarks.Clear();
        Note([.. step.Faults, .. step.Rejected.Take(MostRemarks).Select(each => $"{each.What}: {each.Reason}")]);
        State = StateAfter(step, staging, taken, isAll: true) with
        {
            LastStatus = source.Url.IsFile ? null : step.Status ?? 304,
            LastEntries = step.Look.Count,
            LastRejected = step.Rejected.Count,
            SuggestedPause = step.Head.Pause,
            Remark = _remarks.Count == 0 ? null : string.Join(" ", _remarks),
        };
    }

    /// <summary>The state to be stored with the entries of an archive document that back-fill read.</summary>
    public SourceState StateAfterArchive(ReadStep step, Staging staging, Taken taken, bool isAll)
    {
        var state = State with { Held = staging.HeldAfter(taken, _started) };
        return isAll ? state with { LastGap = GapDetector.Continue(State.LastGap!, step.Entries, ArchiveLink.Find(source, step), taken.New + taken.Revised > 0, _started) } : state;
    }

    /// <summary>An archive document was read and committed.</summary>
    public void BackFilled(ReadStep step, Staging staging, Taken taken)
    {
        Count(step, taken);
        State = StateAfterArchive(step, staging, taken, isAll: true);
    }

    /// <summary>An archive document could not be read.</summary>
    /// <param name="status">HTTP status; null when there was no answer.</param>
    public void BackFillFailed(int? status) => State = State with { LastGap = GapDetector.Fail(State.LastGap!, status is not (404 or 410), _started) };

    /// <summary>Whether back-fill has something to ask now.</summary>
    public bool MayBackFill => State.LastGap is { } gap && GapDetector.MayBackFill(gap, _started);

    /// <summary>Ends the poll: <see cref="State"/> is what it leaves behind.</summary>
    /// <returns>What it did and found.</returns>
    public PollReport End()
    {
        var now = time.GetUtcNow();
        State = _failure is null ? Succeeded() : Failed(_failure, now);
        // One bad file in a folder must not make every later poll of it a first one.
        if (_failure is null || _outcome is PollOutcome.Read) State = State with { FirstPollDone = _before.FirstPollDone ?? _started };
        var plan = PollClock.Next(source, policy, Result(), State.Failures, now);
        if (NotLaterThan < plan.At) plan = new PollPlan(NotLaterThan.Value, "a notice expires then");
        State = State with { RemarkSince = State.Remark is null ? null : State.Remark == _before.Remark ? _before.RemarkSince ?? _started : _started };
        State = State with { LastPoll = _started, NextPoll = plan.At, NextPollReason = plan.Reason };
        // Nobody is blamed for our own line.
        State = State with { Condition = ConditionJudge.Judge(IsOurLine ? State with { Error = null } : State, _isFeed, now) };
        State = State with { Outages = OutageLog.Update(State, PollClock.IntervalOf(source, policy), now) };
        return Report();
    }

    private PollReport Report() => new(
        source.Id, _failure is null ? _outcome : PollOutcome.Failed, State.LastStatus, _taken.New, _taken.Revised, _rejected, _failure?.Reason, State.NextPoll!.Value)
    {
        NextPollReason = State.NextPollReason ?? "",
        Exchanges = _exchanges,
        ValidatorsDecision = _validators.ToString(),
        Health = SourceHealth.Of(State),
        IsDryRun = IsDryRun,
    };

    private SourceState Succeeded() => State with
    {
        Failures = 0,
        FailingSince = null,
        AnsweringSince = StoredWait.Since(_before.FailingSince is null ? _before.AnsweringSince : null, _started),
        LastSuccess = _started,
        PausedUntil = null,
        Error = null,
    };

    private SourceState Failed(FetchOutcome.Failed failure, DateTimeOffset now)
    {
        // Put off or failed, the source is out of reach.
        var state = State with { Error = failure.Reason, FailingSince = StoredWait.Since(_before.FailingSince, _started), AnsweringSince = null, PausedUntil = failure.RetryAfter is { } pause ? now + (pause < LongestPause ? pause : LongestPause) : null };
        if (failure.IsPostponed) return state;
        return state with
        {
            Failures = IsOurLine ? _before.Failures : _before.Failures + 1,
            LastStatus = failure.Status,
        };
    }

    private SourceCondition Judge(IReadOnlyList<Rejected> missing) => missing.Count == 0
        ? new SourceCondition(HealthState.Ok, _started, null)
        : new SourceCondition(HealthState.Shrunk, _started, string.Join(" ", missing.Take(MostRemarks).Select(each => $"{each.What}: {each.Reason}")));

    private void Count(ReadStep step, Taken taken)
    {
        _taken = new Taken(_taken.New + taken.New, _taken.Revised + taken.Revised, [.. _taken.Waiting, .. taken.Waiting]);
        _rejected.AddRange(step.Rejected);
    }

    private PollResult Result()
    {
        if (_failure is not null) return PollResult.Of(_failure) with { IsOurLine = IsOurLine };
        var suggested = State.SuggestedPause;
        return PollResult.Success with { Hint = _freshness is { } fresh && (suggested is not { } pause || fresh > pause) ? fresh : suggested };
    }
}
