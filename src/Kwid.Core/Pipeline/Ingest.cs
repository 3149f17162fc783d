using Kwid.Core.Health;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;
using Kwid.Core.Sources;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>
/// The story of one poll: walk → read → normalise → decide and commit → remember. Open this first. Entries are committed before the validators that
/// stand for them, in one transaction at the latest, so a crash anywhere delays, never loses or doubles.
/// </summary>
public sealed class Ingest(IEntryStore store, Ledger ledger, SourceStates states, Walks walks, ClockWatch clock, Func<bool> hasOpened, TimeProvider time, OwnLine? line = null, SourceTurns? turns = null)
{
    /// <summary>Archive documents that back-fill reads in one poll; the next poll goes on.</summary>
    private const int MostArchives = 10;

    private readonly DocumentReading _reading = new(time);
    private readonly NoticeFolder _notices = new(ledger);
    private readonly SourceTurns _turns = turns ?? new();
    private readonly Line _line = new(line ?? new OwnLine(time), states);

    /// <summary>Where bodies are kept for replays; null keeps none.</summary>
    public RawArchive? Archive { get; init; }

    /// <summary>How publishers' ids look now.</summary>
    public Func<PublisherIds> Publishers { get; init; } = () => PublisherIds.BuiltIn;

    /// <summary>Polls one source now, whenever it is due. A poll of the same source that runs already is awaited first.</summary>
    /// <exception cref="StoreException">Nothing could be stored: the source's state is as before, the next poll reads all again.</exception>
    public Task<PollReport> RunAsync(Source source, PollingPolicy policy, CancellationToken cancel) => RunAsync(source, policy, dryRun: false, cancel);

    /// <summary>As above; a dry run asks, reads and decides, but commits and remembers nothing.</summary>
    public async Task<PollReport> RunAsync(Source source, PollingPolicy policy, bool dryRun, CancellationToken cancel)
    {
        using var turn = await TakeTurnAsync(source.Id, cancel);
        var poll = new Poll(source, states.Of(source), policy, time) { IsDryRun = dryRun };
        await WalkAsync(poll, cancel);
        return dryRun ? poll.End() : await RememberAsync(poll, cancel);
    }

    private async Task WalkAsync(Poll poll, CancellationToken cancel)
    {
        var walk = walks.For(poll.Source).WalkAsync(poll.Source, poll.State, cancel);
        await foreach (var step in poll.Source.Kind is SourceKind.Csaf ? walk.Ahead(cancel) : walk)
        {
            if (step.Outcome.ServerDate is { } date && !poll.IsDryRun) clock.Note(poll.Source.Url.Host, date);
            poll.Note(step.Outcome);
            if (step.Outcome is FetchOutcome.Failed failed)
            {
                poll.Fail(failed);
                break;
            }

            poll.Note(step.Remarks);
            // Of a folder of notices it matters, too, that there is nothing in it.
            if (step.Documents.Count + step.Listed.Count > 0 || poll.Source.Kind is SourceKind.Notices) await TakeInAsync(poll, step, cancel);
            else if (step.Outcome is FetchOutcome.NotModified unchanged) poll.Unchanged(unchanged, step.Cursor);
        }

        if (poll.Failure is null) await BackFillAsync(poll, cancel);
    }

    /// <summary>What the poll leaves behind besides entries and validators, which are committed: it may be written a little later, with that of others.</summary>
    private async Task<PollReport> RememberAsync(Poll poll, CancellationToken cancel)
    {
        var news = _line.Note(poll, _turns);
        var report = poll.End();
        states.Learn([poll.State]);
        if (!_turns.Writes) await store.SaveSourcesAsync([poll.State], cancel);
        return report with { Sweep = news.CameBack, IsOurLine = poll.IsOurLine, FoundLineDown = news.WentDown };
    }

    /// <summary>Waits until no poll of the source runs; none begins before the result is disposed.</summary>
    public async Task<IDisposable> TakeTurnAsync(SourceId source, CancellationToken cancel)
    {
        var turn = await _turns.TakeAsync(source, cancel);
        try
        {
            await ledger.SettleAsync(cancel);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private async Task TakeInAsync(Poll poll, WalkStep step, CancellationToken cancel)
    {
        try
        {
            var read = _reading.Read(poll.Source, step, Publishers(), poll.Policy.TimeZone);
            if (poll.Source.Kind is SourceKind.Notices) read = await _notices.CompleteAsync(poll.Source, read, time.GetUtcNow(), cancel);
            var staging = StagingOf(poll);
            var taken = await CommitAsync(poll, read, staging, cancel);
            poll.Read(read, staging, taken);
            if (poll.Source.Kind is SourceKind.Notices) poll.NotLaterThan = await _notices.FindNextEndAsync(poll.Source, poll.Started, cancel);
            foreach (var body in read.Documents) Keep(poll, body.Document, body.Read is null ? null : body.Entries);
        }
        catch (FeedFormatException unreadable)
        {
            poll.Fail(new FetchOutcome.Failed((step.Outcome as FetchOutcome.Fetched)?.Status, $"Source '{poll.Source.Id}': {unreadable.Message}"), isFeed: false);
            foreach (var document in step.Documents) Keep(poll, DocumentReading.Disclosable(poll.Source, document), null);
        }
    }

    private Task<Taken> CommitAsync(Poll poll, ReadStep read, Staging staging, CancellationToken cancel)
    {
        SourceState After(Taken taken, bool isAll) => poll.StateAfter(read, staging, taken, isAll);
        if (poll.Source.Kind is SourceKind.Facts) return ledger.CommitFactsAsync(poll.Source, read.Facts, staging, After, poll.IsDryRun, cancel);
        var listed = read.Step.Listed.Select(Publishers().OfName).OfType<AdvisoryId>().ToList();
        return ledger.CommitAsync(poll.Source, read.Entries, listed, staging, After, poll.IsDryRun, cancel);
    }

    private Staging StagingOf(Poll poll)
    {
        var announceFrom = poll.IsFirst && hasOpened() ? time.GetUtcNow() - poll.Policy.AnnounceBacklog : DateTimeOffset.MinValue;
        return new Staging(poll.State, announceFrom, mayHold: !poll.IsFirst && !poll.Source.HasManyDocuments)
        {
            IsOpening = !hasOpened(),
            Backlog = poll.Policy.AnnounceBacklog,
            Now = time.GetUtcNow(),
        };
    }

    private void Keep(Poll poll, FetchedDocument document, IReadOnlyList<Entry>? entries)
    {
        // Notices are kept by who writes them.
        if (!poll.IsDryRun && poll.Source.Kind is not SourceKind.Notices) Archive?.Keep(poll.Source, document, entries);
    }

    /// <summary>Closes a gap: reads the source's archive backwards until it reaches what is known. A document that can't be read now is asked again later.</summary>
    private async Task BackFillAsync(Poll poll, CancellationToken cancel)
    {
        for (var read = 0; read < MostArchives && poll.MayBackFill; read++)
        {
            var gap = poll.State.LastGap!;
            var outcome = await walks.FetchArchiveAsync(poll.Source, new Uri(gap.Next!), cancel);
            if (outcome is not FetchOutcome.Fetched fetched)
            {
                poll.BackFillFailed((outcome as FetchOutcome.Failed)?.Status);
                return;
            }

            try
            {
                var step = _reading.Read(poll.Source, new WalkStep(fetched, poll.State.Cursor), Publishers(), poll.Policy.TimeZone);
                var staging = new Staging(poll.State, gap.From - poll.Policy.AnnounceBacklog, mayHold: false) { IsArchive = true };
                var taken = await ledger.CommitAsync(
                    poll.Source, GapDetector.Missing(gap, step.Entries), [], staging, (taken, isAll) => poll.StateAfterArchive(step, staging, taken, isAll), poll.IsDryRun, cancel);
                poll.BackFilled(step, staging, taken);
            }
            catch (FeedFormatException)
            {
                poll.BackFillFailed(fetched.Status);
                return;
            }
        }
    }
}
