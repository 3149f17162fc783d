using System.Runtime.CompilerServices;
using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>
/// The walk of a CSAF provider (CSAF §7): metadata, its ROLIE feeds or directories, then the documents that are new or changed, most urgent first, so many a poll. At
/// the first import what is older than <see cref="CsafPlan.History"/> is only listed. Documents come in batches, each with the memory that stands for it, so that
/// a crash repeats one batch at most. A document that fails is told, asked again for ever, and neither fails the source nor holds up others.
/// </summary>
/// <param name="fetcher">Asks, in the hosts' turns.</param>
/// <param name="time">Says what is due.</param>
public sealed class CsafWalk(IFetcher fetcher, TimeProvider time) : IWalk
{
    /// <summary>So many failures in a row that may be the host's end the walk: the documents would be blamed for it.</summary>
    private const int MostSuspects = 3;

    /// <inheritdoc/>
    public async IAsyncEnumerable<WalkStep> WalkAsync(Source source, SourceState state, [EnumeratorCancellation] CancellationToken cancel)
    {
        var asker = new CsafAsker(fetcher, source);
        var poll = new CsafPoll(asker, state, time.GetUtcNow());
        if (!await poll.LookAsync(cancel))
        {
            yield return new WalkStep(poll.Failure!, state.Cursor);
            yield break;
        }

        var (batch, suspects, isFirst) = (new DocumentBatch(time), new List<(DocumentWork Work, DocumentReading Reading)>(), true);
        var reader = new DocumentReader(asker, new DocumentVerifier(asker, new SigningKeys(asker, poll.Memory.Provider!.Keys, poll.Remarks), poll.Remarks), poll.Remarks);
        foreach (var work in poll.Plan.Work.Take(source.Csaf.DocumentsPerPoll))
        {
            var reading = await reader.ReadAsync(work, cancel);
            if (reading.Fetched is { } fetched)
            {
                if (batch.IsFullFor(fetched.Document.Body.Length)) yield return Step(batch.Take(poll.Memory.Write()));
                batch.Add(fetched);
                poll.Plan.Done(work, InterimProbe.IsInterim(fetched.Document.Body.Span), fetched.Document.Unverified is null);
                Blame(poll, suspects);
            }
            else if (!reading.IsSuspect && !reading.IsHostWide) poll.Plan.Failed(work);
            else
            {
                suspects.Add((work, reading));
                if (!reading.IsHostWide && suspects.Count < MostSuspects) continue;
                poll.Failure = reading.Failure;
                BreakOff(poll, suspects);
                break;
            }
        }

        Blame(poll, suspects);
        poll.Finish();
        var hasDocuments = !batch.IsEmpty;
        var last = hasDocuments ? batch.Take(poll.Memory.Write()) : new WalkStep(new FetchOutcome.NotModified(Validators.None), poll.Memory.Write());
        // Where nothing was read, what was odd before still is.
        if (hasDocuments || !poll.IsUnchanged) yield return Step(last) with { Remarks = poll.Remarks.Sentences };
        else if (poll.Failure is null) yield return Step(last);
        if (poll.Failure is { } failure) yield return new WalkStep(failure, last.Cursor);

        WalkStep Step(WalkStep step)
        {
            if (!isFirst) return step;
            isFirst = false;
            return step with { Outcome = Told(step.Outcome, poll), Listed = poll.Plan.Listed };
        }
    }

    /// <summary>The host answers, so it was the documents.</summary>
    private static void Blame(CsafPoll poll, List<(DocumentWork Work, DocumentReading Reading)> suspects)
    {
        foreach (var (work, _) in suspects) poll.Plan.Failed(work);
        suspects.Clear();
    }

    /// <summary>It may have been the host. But the same documents must not end the next walk before the others are read, should it be them.</summary>
    private static void BreakOff(CsafPoll poll, List<(DocumentWork Work, DocumentReading Reading)> suspects)
    {
        foreach (var (work, reading) in suspects)
            if (reading is { IsHostWide: false, Failure.Status: not null }) poll.Plan.Failed(work);
            else poll.Plan.PutOff(work);
        suspects.Clear();
    }

    /// <summary>What is told of the source is what its first answer said, not that of some document.</summary>
    private static FetchOutcome Told(FetchOutcome outcome, CsafPoll poll) => outcome with
    {
        Freshness = poll.Freshness,
        ServerDate = poll.Answer?.ServerDate ?? outcome.ServerDate,
        Exchanges = poll.Answer?.Exchanges ?? [],
        MovedTo = poll.Answer?.MovedTo,
        CertificateExpires = poll.Answer?.CertificateExpires ?? outcome.CertificateExpires,
    };
}
