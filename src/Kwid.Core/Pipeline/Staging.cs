using Kwid.Core.Health;
using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>Where the revisions of one document start on their way out.</summary>
/// <param name="state">The source's before the document.</param>
/// <param name="announceFrom">Older entries are not announced: the history of a source that joins later must not ring.</param>
/// <param name="mayHold">Whether a batch that repeats what is known is held back (P13); not at first, when all is unknown.</param>
internal sealed class Staging(SourceState state, DateTimeOffset announceFrom, bool mayHold)
{
    /// <summary>New entries at once that may repeat what they like. More than these do not, however busy the source usually is.</summary>
    private const int LeastBurst = 20;

    private readonly DocumentWindow _window = new(state.History.Window);
    private readonly HashSet<AdvisoryId> _waiting = [.. state.Held?.Revisions.Select(key => key.Advisory) ?? []];
    private bool _holds;
    private string? _reason;

    /// <summary>Whether the document is one of a source's archive: it may tell a former state of what is known, which says nothing.</summary>
    public bool IsArchive { get; init; }

    /// <summary>What was told earlier is history: the source is polled for the first time. Null: all of it is news.</summary>
    public DateTimeOffset? AnnounceFrom => announceFrom == DateTimeOffset.MinValue ? null : announceFrom;

    /// <summary>Whether nothing was published yet: all that is read then is the opening's history.</summary>
    public bool IsOpening { get; init; }

    /// <summary>How old news may be that is announced although it is history.</summary>
    public TimeSpan Backlog { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The present, UTC.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>From when on dates are news, in a document that was there before.</summary>
    /// <param name="since">When it was imported, or what it was dated when it was listed.</param>
    public DateTimeOffset NewsFrom(DateTimeOffset since) => Now - Backlog is var recent && since > recent ? recent : since;

    /// <summary>Looks at all entries of the document that nobody knows, before the first of them is decided.</summary>
    public void Begin(IReadOnlyList<Entry> unknown)
    {
        var repeated = unknown.Count(_window.Repeats);
        _holds = mayHold && unknown.Count > LeastBurst && repeated * 2 > unknown.Count;
        if (_holds)
            _reason = $"{repeated} of {unknown.Count} new entries repeat titles or links that are known: the source may have changed its guids. They wait for 'kwid release {state.Source}' (they are news) or 'kwid discard {state.Source}' (they are not), and go out by themselves after six hours.";
    }

    /// <summary>Of an advisory that was unknown.</summary>
    public RevisionStage StageOfNew(Entry entry)
    {
        // Of an import is known, date by date, what is history.
        if (entry.NewsSince is null && entry.UpstreamDate < announceFrom) return RevisionStage.Backlog;
        if (!_holds) return RevisionStage.Pending;
        // The first of its kind waits already and speaks for it: a source that changes its guids at every poll must not pile them up.
        if (_window.Repeats(entry)) return state.Held is null ? RevisionStage.Waiting : RevisionStage.Backlog;
        // What is critical and was never heard of does not wait.
        return entry.Severity is Severity.Critical ? RevisionStage.Pending : RevisionStage.Waiting;
    }

    /// <summary>Of an advisory that was listed before, and is read for the first time: without news it is stored, and nobody is told.</summary>
    public static RevisionStage StageOfListed(IReadOnlyList<Change> changes) => changes.Any(change => change.News is not null) ? RevisionStage.Pending : RevisionStage.Backlog;

    /// <summary>Of an advisory that says something else: it joins what waits of it, or the older text would be shown last.</summary>
    public RevisionStage StageOfRevised(AdvisoryId advisory) => _waiting.Contains(advisory) ? RevisionStage.Waiting : RevisionStage.Pending;

    /// <summary>What waits of the source once these entries are committed; null when nothing does.</summary>
    public HeldBatch? HeldAfter(Taken taken, DateTimeOffset now)
    {
        if (taken.Waiting.Count == 0) return state.Held;
        return state.Held is { } held
            ? held with { Revisions = [.. held.Revisions.Concat(taken.Waiting)], Updated = now }
            : new HeldBatch(now, taken.Waiting, _reason ?? "");
    }
}
