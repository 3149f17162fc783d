using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>
/// The third story: what is kept no longer goes, from the store first, then from the shelf. In small steps between editions and documents, so that nobody waits; what was
/// interrupted comes again with the next run. One run at a time.
/// </summary>
/// <param name="store">Forgets.</param>
/// <param name="shelf">Says what is still shown, and follows.</param>
/// <param name="ledger">Lets nothing be decided by words that go at the same moment.</param>
/// <param name="publish">Makes no edition while a step is taken.</param>
/// <param name="time">Says what is old.</param>
public sealed class Retention(IStore store, Shelf shelf, Ledger ledger, Publish publish, TimeProvider time)
{
    /// <summary>Revisions in one step: some tens of milliseconds.</summary>
    private const int Page = 200;

    /// <summary>Smaller stores are not worth the copying, in bytes.</summary>
    private const long LeastToCompact = 64 * 1024 * 1024;

    /// <summary>Editions in one step.</summary>
    private const int Editions = 100;

    /// <summary>Takes all that the policy does not keep.</summary>
    public async Task<RetentionReport> RunAsync(RetentionPolicy policy, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var run = new RetentionRun(policy, now, await WaitingAsync(cancel));
        for (RetentionStep? step = RetentionStep.First; step is not null;) step = await BetweenEditionsAsync(run, plan => StepAsync(run, plan, step, cancel), cancel);
        await BetweenEditionsAsync(run, plan => ForgetEditionsAsync(run, plan, cancel), cancel);
        await store.ForgetAsync(new Forgetting { AuditUntil = now - policy.Audit }, cancel);
        return new RetentionReport(run.Bared, run.Removed, run.Editions, run.Fault) { Compaction = await store.CompactAsync(LeastToCompact, cancel) };
    }

    /// <summary>Revisions that no edition has decided on yet: their texts are still to be told.</summary>
    private async Task<HashSet<RevisionKey>> WaitingAsync(CancellationToken cancel)
    {
        var waiting = new HashSet<RevisionKey>();
        foreach (var stage in new[] { RevisionStage.Pending, RevisionStage.Held, RevisionStage.Waiting }) waiting.UnionWith(await store.ReadStagedAsync(stage, cancel));
        return waiting;
    }

    private Task<T> BetweenEditionsAsync<T>(RetentionRun run, Func<ForgettingPlan, Task<T>> step, CancellationToken cancel) =>
        publish.BetweenEditionsAsync(() => step(run.PlanFor(shelf)), cancel);

    /// <summary>One page. Its last revision comes again with the next: only what follows tells whether it is its advisory's newest.</summary>
    private async Task<RetentionStep?> StepAsync(RetentionRun run, ForgettingPlan plan, RetentionStep step, CancellationToken cancel)
    {
        var page = await store.ReadRevisionsAsync(step.After, Page, cancel);
        var isLast = page.Count < Page;
        var what = run.Judge(plan, page, isLast);
        if (what.Bared.Count + what.Revisions.Count > 0) await ledger.ForgetAsync(store, what, cancel);
        run.Note(what);
        return isLast ? null : new RetentionStep(page[^2].Key);
    }

    private async Task<bool> ForgetEditionsAsync(RetentionRun run, ForgettingPlan plan, CancellationToken cancel)
    {
        foreach (var editions in plan.Editions.Chunk(Editions)) await store.ForgetAsync(new Forgetting { Editions = editions }, cancel);
        run.Editions = plan.Editions.Count;
        try
        {
            shelf.Forget(plan);
        }
        catch (Exception fault) when (fault.IsDiskFault())
        {
            run.Fault = fault.Message;
        }

        return true;
    }
}
