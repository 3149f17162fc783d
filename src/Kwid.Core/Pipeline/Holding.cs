using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

/// <summary>
/// Batches that wait for the operator, since most of them repeat what is known (P13): they are released, discarded, or released by themselves after
/// six hours, so that nothing is ever lost by waiting.
/// </summary>
/// <param name="store">Where they wait.</param>
/// <param name="states">Name what waits of each source.</param>
/// <param name="turns">The same as the ingest's: a poll that runs must not write the state that it began with over ours.</param>
/// <param name="time">Tells how long they wait.</param>
public sealed class Holding(IEntryStore store, SourceStates states, SourceTurns turns, TimeProvider time)
{
    /// <summary>How long a batch waits at most.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(6);

    /// <summary>Lets a source's batch go: it waits for the next edition like anything new.</summary>
    /// <returns>How many advisories went; 0 when none waited.</returns>
    public Task<int> ReleaseAsync(Source source, CancellationToken cancel) => RestageAsync(source.Id, () => states.Of(source), RevisionStage.Pending, cancel);

    /// <summary>Puts a source's batch aside: it stays stored and searchable, and is never announced.</summary>
    /// <returns>How many advisories that were; 0 when none waited.</returns>
    public Task<int> DiscardAsync(Source source, CancellationToken cancel) => RestageAsync(source.Id, () => states.Of(source), RevisionStage.Backlog, cancel);

    /// <summary>Lets every batch go that has waited long enough, those of sources that are no longer configured too. One that can't go leaves the others alone.</summary>
    public async Task<IReadOnlyList<ReleasedBatch>> ReleaseDueAsync(CancellationToken cancel)
    {
        var released = new List<ReleasedBatch>();
        foreach (var source in states.All.Where(state => IsDue(state.Held)).Select(state => state.Source))
        {
            try
            {
                var advisories = await RestageAsync(source, () => states.Find(source) is { } state && IsDue(state.Held) ? state : null, RevisionStage.Pending, cancel);
                if (advisories > 0) released.Add(new ReleasedBatch(source, advisories, null));
            }
            catch (StoreException fault)
            {
                released.Add(new ReleasedBatch(source, 0, fault.Message));
            }
        }

        return released;
    }

    private bool IsDue(HeldBatch? held) => held is not null && StoredWait.IsOver(held.Since + Longest, Longest, time.GetUtcNow());

    private async Task<int> RestageAsync(SourceId source, Func<SourceState?> find, RevisionStage stage, CancellationToken cancel)
    {
        using var turn = await turns.TakeAsync(source, cancel);
        if (find() is not { Held: { } held } state) return 0;
        var released = state with { Held = null };
        var moved = await store.RestageAsync(held.Revisions, stage, released, cancel);
        states.Learn([released]);
        return moved.DistinctBy(key => key.Advisory).Count();
    }
}

/// <summary>A batch whose time was up.</summary>
/// <param name="Source">Whose it is.</param>
/// <param name="Advisories">How many went; 0 with a fault.</param>
/// <param name="Fault">Why it could not go, English; null when it went.</param>
public sealed record ReleasedBatch(SourceId Source, int Advisories, string? Fault);
