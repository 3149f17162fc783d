using Kwid.Core.Model;
using Kwid.Core.Storage;
using Npgsql;

namespace Kwid.Postgres;

/// <summary>What the great transactions write. Each asks first what it builds on, nobody else writing meanwhile, then writes all in one round trip.</summary>
internal static class Commits
{
    /// <summary>One batch of an ingest.</summary>
    /// <exception cref="StoreException">A revision's number is not the next of its advisory.</exception>
    public static async Task WriteAsync(NpgsqlConnection connection, IngestBatch batch, CancellationToken cancel)
    {
        Refusals.EnsureNext(batch, await Advisories.LastRevisionsAsync(connection, batch.Advisories, cancel));
        await using var writes = new NpgsqlBatch(connection);
        Revisions.Add(writes, [.. batch.Revisions.Select(staged => staged.Revision)]);
        Stages.Begin(writes, batch.Revisions.Select(staged => (staged.Revision.Key, staged.Stage)));
        Advisories.Put(writes, batch.Advisories);
        Keys.Put(writes, batch.Keys);
        Statements.Put(writes, batch.Statements);
        Facts.Put(writes, batch.Facts);
        if (batch.State is { } state) await Sources.PutAsync(connection, writes, [state], cancel);
        await writes.SendAsync(cancel);
    }

    /// <summary>One edition with what it decided; without an edition only the decisions.</summary>
    /// <exception cref="StoreException">Its number is not the next, or a revision does not wait for an edition.</exception>
    public static async Task PublishAsync(NpgsqlConnection connection, Edition? edition, IReadOnlyCollection<KeyValuePair<RevisionKey, RevisionStage>> decided, CancellationToken cancel)
    {
        await using var writes = new NpgsqlBatch(connection);
        if (edition is not null)
        {
            Refusals.EnsureNext(edition, (await Editions.Last.FindAsync(connection, [], cancel))?.Number ?? 0);
            Editions.Add(writes, edition);
        }

        await EnsurePendingAsync(connection, [.. decided.Select(one => one.Key)], cancel);
        var moving = decided.Where(one => one.Value != RevisionStage.Pending).ToList();
        Stages.End(writes, moving.Select(one => one.Key));
        Stages.Begin(writes, moving.Select(one => (one.Key, one.Value)));
        await writes.SendAsync(cancel);
    }

    /// <summary>Lets go what waits for the operator, of those named; into an edition together with what is newer.</summary>
    public static async Task<IReadOnlyList<RevisionKey>> RestageAsync(NpgsqlConnection connection, IReadOnlyCollection<RevisionKey> waiting, RevisionStage stage, SourceState state, CancellationToken cancel)
    {
        if (stage is not (RevisionStage.Pending or RevisionStage.Backlog)) throw new ArgumentOutOfRangeException(nameof(stage), stage, "What waits becomes pending or backlog.");
        var (advisories, numbers) = waiting.Distinct().Columns();
        var released = await Stages.Waiting.AllAsync(connection, [advisories, numbers], cancel);
        if (stage is RevisionStage.Pending) released.AddRange(await NewerAsync(connection, released, cancel));
        await using var writes = new NpgsqlBatch(connection);
        Stages.End(writes, released);
        Stages.Begin(writes, released.Select(key => (key, stage)));
        await Sources.PutAsync(connection, writes, [state], cancel);
        await writes.SendAsync(cancel);
        return released;
    }

    /// <summary>What retention takes away.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, Forgetting what, CancellationToken cancel)
    {
        await using var writes = new NpgsqlBatch(connection);
        Revisions.Replace(writes, what.Bared);
        Revisions.Remove(writes, what.Revisions);
        Statements.RemoveOf(writes, what.Statements);
        await Editions.ReplaceAsync(connection, writes, what.Editions, cancel);
        if (what.AuditUntil is { } until) await Audit.RemoveUntilAsync(connection, writes, until, cancel);
        await writes.SendAsync(cancel);
    }

    /// <summary>What is newer of the same advisories and not pending, wherever it stands: an older text must not be published without it.</summary>
    private static async Task<IEnumerable<RevisionKey>> NewerAsync(NpgsqlConnection connection, List<RevisionKey> released, CancellationToken cancel)
    {
        var (advisories, numbers) = released.GroupBy(key => key.Advisory).Select(keys => keys.MinBy(key => key.Number)).Columns();
        var newer = await Stages.Newer.AllAsync(connection, [advisories, numbers], cancel);
        return newer.Except(released).ToList();
    }

    private static async Task EnsurePendingAsync(NpgsqlConnection connection, IReadOnlyList<RevisionKey> decided, CancellationToken cancel)
    {
        if (decided.Count == 0) return;
        var twice = decided.CountBy(key => key).FirstOrDefault(one => one.Value > 1);
        if (twice.Value > 1) throw Refusals.NotPending(twice.Key);
        var (advisories, numbers) = decided.Columns();
        if (await Stages.NotPending.FindAsync(connection, [advisories, numbers], cancel) is { } other) throw Refusals.NotPending(other);
    }
}
