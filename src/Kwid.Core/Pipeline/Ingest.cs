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
public sealed class Ingest(IEntryStore store, Ledger ledger, SourceStates states, Walks walks, ClockWatch clock, Func<bool> hasOpened, TimeProvider time)
{
    private readonly Turns<SourceId> _turns = new();

    /// <summary>Where bodies are kept for replays; null keeps none.</summary>
    public RawArchive? Archive { get; init; }

    /// <summary>Writes the states of polls that committed nothing, a few seconds late; null: at once.</summary>
    public StateWriter? Writer { get; init; }

    /// <summary>Polls one source now, whenever it is due. A poll of the same source that runs already is awaited first.</summary>
    /// <exception cref="StoreException">Nothing could be stored: the source's state is as before, the next poll reads all again.</exception>
    public Task<PollReport> RunAsync(Source source, PollingPolicy policy, CancellationToken cancel) => RunAsync(source, policy, dryRun: false, cancel);

    /// <summary>As above; a dry run asks, reads and decides, but commits and remembers nothing.</summary>
    public async Task<PollReport> RunAsync(Source source, PollingPolicy policy, bool dryRun, CancellationToken cancel)
    {
        using var turn = await _turns.TakeAsync(source.Id, cancel);
        var poll = new Poll(source, states.Of(source), policy, time) { IsDryRun = dryRun };
        await foreach (var step in walks.For(source).WalkAsync(source, poll.State, cancel))
        {
            if (step.Outcome.ServerDate is { } date) clock.Note(source.Url.Host, date);
            poll.Note(step.Outcome.Freshness);
            if (step.Outcome is FetchOutcome.Failed failed)
            {
                poll.Fail(failed);
                break;
            }

            if (step.Outcome is FetchOutcome.NotModified unchanged) poll.Unchanged(unchanged, step.Cursor);
            else if (step.Outcome is FetchOutcome.Fetched fetched) await TakeInAsync(poll, fetched, step.Cursor, cancel);
        }

        var state = poll.Finish();
        var report = poll.Report();
        if (dryRun) return report;
        var writer = report.Outcome is PollOutcome.Read ? null : Writer;
        if (writer is null) await store.SaveSourcesAsync([state], cancel);
        states.Learn([state]);
        writer?.Add(source.Id);
        return report;
    }

    /// <summary>Waits until no poll of the source runs; none begins before the result is disposed.</summary>
    public Task<IDisposable> TakeTurnAsync(SourceId source, CancellationToken cancel) => _turns.TakeAsync(source, cancel);

    private async Task TakeInAsync(Poll poll, FetchOutcome.Fetched fetched, string? cursor, CancellationToken cancel)
    {
        try
        {
            var document = SourceReader.Read(Disclosable(poll.Source, fetched.Document), poll.Source.Page);
            // What is damaged must be read again when it is mended, also by us: no 304 may stand before it.
            // Not so for own pages: their walk knows by itself when it needs the list for them.
            if (document.Faults.Count > (fetched.Document.Details?.Faults.Count ?? 0)) fetched = fetched with { Validators = Validators.None };
            var (entries, rejected) = Normalise(poll.Source, document, Disclosable(poll.Source, fetched.Document).Address);
            var (added, revised) = await ledger.CommitAsync(poll.Source, entries, added => poll.StateAfter(fetched, cursor, added), StageOf(poll), dryRun: poll.IsDryRun, cancel);
            poll.Read(fetched, cursor, document, entries.Count, rejected, added, revised);
            Keep(poll, fetched.Document, entries);
        }
        catch (FeedFormatException unreadable)
        {
            poll.Fail(new FetchOutcome.Failed(fetched.Status, $"Source '{poll.Source.Id}': {unreadable.Message}"));
            Keep(poll, fetched.Document, null);
        }
    }

    private void Keep(Poll poll, FetchedDocument document, List<Entry>? entries)
    {
        if (!poll.IsDryRun) Archive?.Keep(poll.Source, Disclosable(poll.Source, document), entries);
    }

    /// <summary>Relative links are resolved against a document's address: of a secret one only the host may show in them.</summary>
    private static FetchedDocument Disclosable(Source source, FetchedDocument document)
    {
        if (!source.IsAddressConfidential || source.Url.IsFile) return document;
        var texts = document.Details?.Texts.ToDictionary(text => text.Key, text => text.Value with { Base = HostOf(text.Value.Base) });
        return document with { Address = HostOf(document.Address), ContentLocation = null, Details = texts is null ? null : document.Details! with { Texts = texts } };
    }

    private static Uri HostOf(Uri address) => new(address.GetLeftPart(UriPartial.Authority));

    private (List<Entry> Entries, List<Rejected> Rejected) Normalise(Source source, ReadDocument document, Uri address)
    {
        var (entries, rejected) = (new List<Entry>(), new List<Rejected>());
        foreach (var raw in document.Entries)
        {
            var outcome = SourceReader.Normalise(source, raw, address, time.GetUtcNow());
            if (outcome is NormaliseOutcome.Accepted accepted) entries.Add(accepted.Entry);
            else if (outcome is NormaliseOutcome.Refused refused) rejected.Add(refused.Rejected);
        }

        return (entries, rejected);
    }

    /// <summary>A source's first poll announces its recent entries only, once the installation has opened: history must not ring.</summary>
    private Func<Entry, RevisionStage> StageOf(Poll poll)
    {
        var old = poll.IsFirst && hasOpened() ? time.GetUtcNow() - poll.Policy.AnnounceBacklog : DateTimeOffset.MinValue;
        return entry => entry.UpstreamDate < old ? RevisionStage.Backlog : RevisionStage.Pending;
    }
}
