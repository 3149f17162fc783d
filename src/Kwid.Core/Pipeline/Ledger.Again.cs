using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

// What follows for advisories that are stored: from facts, and from the operator's word.
public sealed partial class Ledger
{
    /// <summary>
    /// Commits what a catalogue says, and decides anew on the advisories that name a CVE of which it says something new. A fact is committed together with all
    /// that follows from it, or a crash in between would keep its news for ever.
    /// </summary>
    /// <param name="source">The catalogue.</param>
    /// <param name="facts">All that it says now.</param>
    /// <param name="staging">What of it is history.</param>
    /// <param name="state">As for entries.</param>
    /// <param name="dryRun">Decides only: nothing is committed, nothing is learned.</param>
    /// <param name="cancel">Stops between batches.</param>
    internal async Task<Taken> CommitFactsAsync(
        Source source, IReadOnlyList<Fact> facts, Staging staging, Func<Taken, bool, SourceState> state, bool dryRun, CancellationToken cancel)
    {
        var taken = Taken.Nothing;
        var commit = Task.CompletedTask;
        await _turn.WaitAsync(cancel);
        try
        {
            await KnowAsync(cancel);
            var decider = dryRun ? _decider.Trial() : _decider;
            var portions = Portions([.. facts.Select(fact => Of(source, fact)).Where(decider.Facts.Changed)]).DefaultIfEmpty([]).ToList();
            foreach (var portion in portions)
            {
                decider.Facts.Learn(portion);
                var batch = new BatchBuilder(staging, known.Has);
                foreach (var id in Naming(portion)) await AddAgainAsync(batch, decider, id, null, staging.AnnounceFrom, cancel);
                taken = new Taken(taken.New, taken.Revised + batch.Taken.Revised, [.. taken.Waiting, .. batch.Taken.Waiting]);
                if (dryRun) continue;
                await commit;
                var isLast = ReferenceEquals(portion, portions[^1]);
                commit = CommitAsync(batch.Build(isLast || batch.Taken.Waiting.Count > 0 ? state(taken, isLast) : null, portion), CancellationToken.None);
            }
        }
        catch when (!dryRun)
        {
            // Facts that were learned and not committed must come again.
            _knowsTooMuch = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }

        await commit;
        return taken;
    }

    /// <summary>A catalogue that does not name itself is named by its source; a date in the future says nothing.</summary>
    private SourceFact Of(Source source, Fact fact) => new(source.Id, fact.Exploitation is not { } told ? fact : fact with
    {
        Exploitation = told with { By = told.By ?? source.Name, Since = told.Since > time.GetUtcNow() ? null : told.Since },
    });

    /// <summary>Facts that go into one transaction: a kernel's CVE alone may concern hundreds of advisories.</summary>
    private IEnumerable<IReadOnlyList<SourceFact>> Portions(IReadOnlyList<SourceFact> facts)
    {
        var (portion, advisories) = (new List<SourceFact>(), 0);
        foreach (var fact in facts)
        {
            portion.Add(fact);
            advisories += known.Naming(fact.Fact.Cve).Count;
            if (portion.Count < BatchSize && advisories < BatchSize) continue;
            yield return portion;
            (portion, advisories) = ([], 0);
        }

        if (portion.Count > 0) yield return portion;
    }

    private List<AdvisoryId> Naming(IReadOnlyList<SourceFact> facts) =>
        [.. facts.SelectMany(fact => known.Naming(fact.Fact.Cve)).Distinct().OrderBy(id => id.ToString(), StringComparer.Ordinal)];

    private async Task AddAgainAsync(BatchBuilder batch, Decider decider, AdvisoryId id, Entry? statement, DateTimeOffset? recent, CancellationToken cancel)
    {
        await StoredAsync(id, cancel);
        if (known.Find(id) is not { LastRevision: > 0 } advisory) return;
        if (await decider.DecideAgainAsync(advisory, statement, recent, time.GetUtcNow(), cancel) is { Revision: not null } decided) batch.Add(decided);
    }
}
