using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>
/// The seam to the databases: load what is known, commit a batch, read for publishing. Every method that writes is one transaction; it has
/// happened whole or not at all, also when the process is killed. Safe to call from several tasks at once.
/// </summary>
/// <exception cref="StoreException">From every method: the store can't be read or written; the message says why and what to do.</exception>
public interface IEntryStore : IAsyncDisposable
{
    /// <summary>Everything that Kwid keeps in memory while it runs.</summary>
    Task<StoreContents> LoadAsync(CancellationToken cancel);

    /// <summary>Commits revisions, keys and the source's state together: validators are never ahead of entries.</summary>
    Task CommitAsync(IngestBatch batch, CancellationToken cancel);

    /// <summary>Writes outcomes of polls that changed nothing else.</summary>
    Task SaveSourcesAsync(IReadOnlyCollection<SourceState> states, CancellationToken cancel);

    /// <summary>Lets revisions go that wait for the operator, together with their source's state, which no longer names them.</summary>
    /// <param name="waiting">In stage <see cref="RevisionStage.Waiting"/>, in the order in which they are to be published; one that no longer is stays where it is.</param>
    /// <param name="stage"><see cref="RevisionStage.Pending"/>: they wait for the next edition, behind all that does so already, and with each all that is newer of its advisory, wherever that stands: a closer label or a withdrawal must reach the edition that tells the older text. <see cref="RevisionStage.Backlog"/>: stored, never announced.</param>
    /// <param name="state">The source's state from now on.</param>
    /// <param name="cancel">Stops before the transaction begins, never within.</param>
    /// <returns>Those that were let go, the newer ones last.</returns>
    Task<IReadOnlyList<RevisionKey>> RestageAsync(IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel);

    /// <summary>Revisions that wait for an edition, in the order in which they were committed.</summary>
    Task<IReadOnlyList<Revision>> ReadPendingAsync(CancellationToken cancel);

    /// <summary>One revision; null when it is not stored.</summary>
    Task<Revision?> FindRevisionAsync(RevisionKey key, CancellationToken cancel);

    /// <summary>What sources said last of an advisory, in the order of their ids; empty where its newest revision is all there is.</summary>
    Task<IReadOnlyList<Entry>> ReadStatementsAsync(AdvisoryId advisory, CancellationToken cancel);

    /// <summary>Writes the edition and what became of the revisions it decided on.</summary>
    /// <param name="edition">Its number must be the last one plus 1; else <see cref="StoreException"/>. Null when no feed takes what was decided on.</param>
    /// <param name="decided">Pending revisions and the stage each has from now on.</param>
    /// <param name="cancel">Stops before the transaction begins, never within.</param>
    Task PublishAsync(Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel);

    /// <summary>Editions with numbers above <paramref name="after"/>, in order.</summary>
    IAsyncEnumerable<Edition> ReadEditionsAsync(int after, CancellationToken cancel);
}
