using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Reading;
using Kwid.Core.Sources;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>
/// Reads what is kept of a source with today's code and compares it with what is stored: the third story, told after a parser was mended. It decides
/// as a poll does and commits nothing, unless told to; then the differences go the ordinary way.
/// </summary>
public sealed class Replay(Ledger ledger, Ingest ingest, SourceStates states, RawArchive archive, Func<bool> hasOpened, TimeProvider time)
{
    /// <summary>Replays one source; no poll of it runs meanwhile.</summary>
    /// <returns>Null when nothing is kept of it.</returns>
    /// <exception cref="StoreException">What is stored can't be read, or nothing could be stored.</exception>
    public async Task<ReplayReport?> RunAsync(Source source, PollingPolicy policy, bool commit, CancellationToken cancel)
    {
        using var turn = await ingest.TakeTurnAsync(source.Id, cancel);
        var texts = archive.Find(source).Select(body => Read(source, body)).ToList();
        if (texts.Count == 0) return null;
        var comparisons = await ledger.CompareAsync(source, Newest(source, texts), cancel);
        var report = new ReplayReport(
            source.Id,
            [.. texts.Select(text => new ReplayedBody(text.Body.Document.Address, text.Body.Seen, text.Entries.Count, text.Faults, text.Unreadable))],
            [.. comparisons.Where(one => one.Decision is MatchDecision.New).Select(one => new ReplayedEntry(one.Entry.Guid, one.Entry.Title, []))],
            [.. comparisons.Select(one => one.Taken).OfType<ReplayedEntry>()],
            [.. comparisons.Select(one => one.Unheeded).OfType<ReplayedEntry>()],
            Gone(texts),
            [.. texts.SelectMany(text => text.Rejected)]);
        return commit ? await CommitAsync(source, policy, texts, report, cancel) : report;
    }

    private async Task<ReplayReport> CommitAsync(Source source, PollingPolicy policy, List<ReadBody> texts, ReplayReport report, CancellationToken cancel)
    {
        var before = states.Of(source);
        // As with polls: history that nobody was told of must not ring.
        var old = before.FirstPollDone is null && hasOpened() ? time.GetUtcNow() - policy.AnnounceBacklog : DateTimeOffset.MinValue;
        var staging = new Staging(before, old, mayHold: before.FirstPollDone is not null && !source.Url.IsFile);
        SourceState After(Taken taken) => before with { LastNew = taken.New > 0 ? time.GetUtcNow() : before.LastNew, Held = staging.HeldAfter(taken, time.GetUtcNow()) };
        var entries = Newest(source, texts).Select(item => item.Entry).ToList();
        var taken = await ledger.CommitAsync(source, entries, [], staging, (taken, _) => After(taken), dryRun: false, cancel);
        archive.KeepAgain(source, [.. texts.Where(text => text.Unreadable is null).Select(text => (text.Body, (IReadOnlyList<Entry>)text.Entries))]);
        return report with { New = taken.New, Revised = taken.Revised, Held = states.Of(source).Held?.Advisories ?? 0 };
    }

    /// <summary>
    /// Reads one body. Of a page the items that a poll need not have told again are told all the same: as excerpts, since their own pages are not kept with
    /// this list, so that the commit completes them from what is stored, and only what the list says of them is compared.
    /// </summary>
    private ReadBody Read(Source source, KeptBody body)
    {
        var document = body.Document with { Details = body.Document.Details is { } details ? details with { Unchanged = new HashSet<int>(), Faults = [] } : null };
        try
        {
            var read = SourceReader.Read(source, document);
            var (entries, rejected) = (new List<Entry>(), new List<Rejected>());
            foreach (var raw in read.Entries)
            {
                // At the time when it came: what was a date in the future then is none now.
                var outcome = SourceReader.Normalise(source, raw, document.Address, body.Seen, ingest.Publishers());
                if (outcome is NormaliseOutcome.Accepted accepted) entries.Add(accepted.Entry);
                else if (outcome is NormaliseOutcome.Refused refused) rejected.Add(refused.Rejected);
            }

            return new ReadBody(body, entries, rejected, read.Faults, null);
        }
        catch (FeedFormatException unreadable)
        {
            return new ReadBody(body, [], [], [], unreadable.Message);
        }
    }

    /// <summary>What the bodies say together: where several tell one advisory, the newest speaks.</summary>
    private static List<IdentifiedEntry> Newest(Source source, List<ReadBody> texts)
    {
        var (newest, told) = (new List<IdentifiedEntry>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var text in texts)
        {
            var items = IdentityKeys.OfDocument(text.Entries, source.FormerIds);
            newest.AddRange(items.Where(item => !item.Keys.Any(told.Contains)));
            told.UnionWith(items.SelectMany(item => item.Keys));
        }

        return newest;
    }

    /// <summary>Without those of a body that can't be read at all: that is told already.</summary>
    private static List<ReplayedEntry> Gone(List<ReadBody> texts) =>
        [.. from text in texts
            where text.Unreadable is null
            let now = text.Entries.Select(entry => entry.Guid).ToHashSet(StringComparer.Ordinal)
            from item in text.Body.Told ?? []
            where !now.Contains(item.Guid)
            select new ReplayedEntry(item.Guid, item.Title, [])];

    private sealed record ReadBody(KeptBody Body, List<Entry> Entries, List<Rejected> Rejected, IReadOnlyList<string> Faults, string? Unreadable);
}
