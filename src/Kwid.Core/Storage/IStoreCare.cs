using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>What takes care of a store as a whole: backup, copy, check, retention.</summary>
/// <exception cref="StoreException">From every method, as in <see cref="IEntryStore"/>.</exception>
public interface IStoreCare
{
    /// <summary>Writes something of a batch's size and takes it away again: whether the store, after a fault, would take a batch. Leaves nothing behind.</summary>
    Task TryOutAsync(CancellationToken cancel);

    /// <summary>Everything in it as it is at one moment, while others go on writing. First sources, then advisories, keys, revisions, statements, facts, stages, editions, capabilities, audit.</summary>
    IAsyncEnumerable<StoreRecord> ReadAllAsync(CancellationToken cancel);

    /// <summary>Fills an empty store. Whole or not at all: one that was interrupted is empty, or refuses to be opened.</summary>
    /// <param name="records">In the order of <see cref="ReadAllAsync"/>.</param>
    /// <param name="cancel">Stops; then the store is of no use.</param>
    /// <exception cref="StoreException">It is not empty.</exception>
    Task FillAsync(IAsyncEnumerable<StoreRecord> records, CancellationToken cancel);

    /// <summary>Revisions in an order of the store's own, which stays the same; those of an advisory stand together, by their numbers.</summary>
    /// <param name="after">Those behind it; null: from the first.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancel">Stops.</param>
    Task<IReadOnlyList<Revision>> ReadRevisionsAsync(RevisionKey? after, int most, CancellationToken cancel);

    /// <summary>Revisions in a stage, in no order; of <see cref="RevisionStage.Published"/> none are told.</summary>
    async Task<IReadOnlyList<RevisionKey>> ReadStagedAsync(RevisionStage stage, CancellationToken cancel)
    {
        var staged = new List<RevisionKey>();
        await foreach (var record in ReadAllAsync(cancel))
            if (record is StoredStage one && one.Stage == stage) staged.Add(one.Revision);
        return staged;
    }

    /// <summary>Takes away what is kept no longer, in one transaction. Identity stays: advisories and keys know no end.</summary>
    Task ForgetAsync(Forgetting what, CancellationToken cancel);

    /// <summary>Gives the disk back what forgetting has freed, where that is much. Others wait meanwhile: for a quiet moment.</summary>
    /// <param name="least">Smaller stores are left as they are, in bytes.</param>
    /// <param name="cancel">Stops before it begins.</param>
    /// <returns>Null where there was nothing to gain, and for stores that do so by themselves.</returns>
    Task<Compaction?> CompactAsync(long least, CancellationToken cancel) => Task.FromResult<Compaction?>(null);
}
