using System.Runtime.CompilerServices;
using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.LiteDb;

/// <summary>
/// The store on LiteDB: one file, <c>kwid.db</c> in the data folder, and beside it <c>kwid-log.db</c> while it is written. A call that writes
/// returns when the disk has the transaction. After a fault (a full disk) every call tries to open the file anew, so that it goes on by itself.
/// Whoever opens it holds <see cref="DataLock"/>.
/// </summary>
public sealed class LiteDbStore : IStore
{
    /// <summary>The store's file in the data folder.</summary>
    public const string FileName = "kwid.db";

    /// <summary>Records read or written at once.</summary>
    private const int Page = 500;

    private readonly StoreThread _thread;
    private readonly string _path;

    private LiteDbStore(StoreThread thread, string path) => (_thread, _path) = (thread, path);

    /// <summary>Opens the store of a data folder; makes folder and file where there are none.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="time">Dates schema steps; null for the system's clock.</param>
    /// <param name="cancel">Stops before the file is opened.</param>
    /// <exception cref="StoreException">It can't be opened, is no store, or belongs to a newer Kwid.</exception>
    public static async Task<LiteDbStore> OpenAsync(string folder, TimeProvider? time, CancellationToken cancel)
    {
        var path = Path.Combine(folder, FileName);
        var thread = new StoreThread(path, time ?? TimeProvider.System);
        try
        {
            await thread.RunAsync(_ => true, cancel);
            Snapshot.Clean(path);
            return new LiteDbStore(thread, path);
        }
        catch
        {
            await thread.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task TryOutAsync(CancellationToken cancel)
    {
        await WriteAsync(Trial.Put, cancel);
        await WriteAsync(Trial.Remove, cancel);
    }

    /// <inheritdoc/>
    public Task<StoreContents> LoadAsync(CancellationToken cancel) => ReadAsync(
        collections =>
        {
            var advisories = collections.Advisories.All();
            return new StoreContents(advisories, collections.Keys.All(advisories), collections.Sources.All(), collections.Editions.FindLast()) { Facts = collections.Facts.All(), Capabilities = collections.Capabilities.All() };
        },
        cancel);

    /// <inheritdoc/>
    public Task CommitAsync(IngestBatch batch, CancellationToken cancel) => _thread.WriteAsync(collections => Commits.Write(collections, batch), cancel);

    /// <inheritdoc/>
    public Task SaveSourcesAsync(IReadOnlyCollection<SourceState> states, CancellationToken cancel) => _thread.WriteAsync(
        collections =>
        {
            foreach (var state in states) collections.Sources.Put(state);
        },
        cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RevisionKey>> RestageAsync(IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel) =>
        _thread.RunAsync(file => file.Write(collections => Commits.Restage(collections, waiting, stage, state)), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Revision>> ReadPendingAsync(CancellationToken cancel) => ReadAsync<IReadOnlyList<Revision>>(
        collections => [.. collections.Stages.Pending().Select(pending => collections.Revisions.Find(pending.Revision)
            ?? throw new InvalidDataException($"revision {pending.Revision} waits for an edition, but is not stored"))],
        cancel);

    /// <inheritdoc/>
    public Task<Revision?> FindRevisionAsync(RevisionKey key, CancellationToken cancel) =>
        ReadAsync(collections => collections.Revisions.Find(Revisions.Key(key)), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadStatementsAsync(AdvisoryId advisory, CancellationToken cancel) => ReadAsync(collections => collections.Statements.Of(advisory), cancel);

    /// <inheritdoc/>
    public Task PublishAsync(Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel) =>
        WriteAsync(collections => Commits.Publish(collections, edition, decided), cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Edition> ReadEditionsAsync(int after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (await ReadAsync(collections => collections.Editions.FindNext(after), cancel) is { } edition)
        {
            yield return edition;
            after = edition.Number;
        }
    }

    /// <inheritdoc/>
    public Task SaveAccessAsync(IReadOnlyCollection<Capability> changed, IReadOnlyCollection<AuditEvent> events, CancellationToken cancel) => _thread.WriteAsync(
        collections =>
        {
            if (changed.Count > 0) collections.Capabilities.Put(changed);
            if (events.Count > 0) collections.Audit.Add(events);
        },
        cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditEvent> ReadAuditAsync(long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (await ReadAsync(collections => collections.Audit.After(after, Page), cancel) is { Count: > 0 } events)
        {
            foreach (var one in events) yield return one;
            after = events[^1].Number;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        // Only the copying keeps others waiting; the copy is read beside them.
        using var snapshot = new Snapshot(_path);
        await _thread.RunAsync(snapshot.Take, cancel);
        foreach (var record in snapshot.Records())
        {
            cancel.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    /// <inheritdoc/>
    public async Task FillAsync(IAsyncEnumerable<StoreRecord> records, CancellationToken cancel)
    {
        await WriteAsync(Filling.Begin, cancel);
        await foreach (var batch in records.Chunk(Page).WithCancellation(cancel)) await WriteAsync(collections => Filling.Write(collections, batch), cancel);
        await WriteAsync(Filling.End, cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Revision>> ReadRevisionsAsync(RevisionKey? after, int most, CancellationToken cancel) => ReadAsync(collections => collections.Revisions.After(after, most), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RevisionKey>> ReadStagedAsync(RevisionStage stage, CancellationToken cancel) => ReadAsync(collections => collections.Stages.In(stage), cancel);

    /// <inheritdoc/>
    public Task ForgetAsync(Forgetting what, CancellationToken cancel) => WriteAsync(
        collections =>
        {
            collections.Revisions.Replace(what.Bared);
            collections.Revisions.Remove(what.Revisions);
            foreach (var advisory in what.Statements) collections.Statements.RemoveOf(advisory);
            foreach (var edition in what.Editions) collections.Editions.Replace(edition);
            if (what.AuditUntil is { } until) collections.Audit.RemoveUntil(until);
        },
        cancel);

    /// <inheritdoc/>
    public async Task<Compaction?> CompactAsync(long least, CancellationToken cancel)
    {
        using var copy = new Snapshot(_path);
        return await _thread.RunAsync(file => Compacting.Run(file, copy.Path, least), cancel);
    }

    /// <summary>Finishes what is queued and closes the file.</summary>
    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    private Task<T> ReadAsync<T>(Func<Collections, T> work, CancellationToken cancel) => _thread.RunAsync(file => file.Read(work), cancel);

    private Task<bool> WriteAsync(Action<Collections> work, CancellationToken cancel) => _thread.RunAsync(
        file => file.Write(collections =>
        {
            work(collections);
            return true;
        }),
        cancel);
}
