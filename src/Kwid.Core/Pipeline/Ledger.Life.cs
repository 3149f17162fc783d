using Kwid.Core.Matching;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Storage;

namespace Kwid.Core.Pipeline;

// What the operator asks of an advisory, and says of it.
public sealed partial class Ledger
{
    /// <summary>Most ids suggested for one that is not known.</summary>
    private const int MostNear = 5;

    /// <summary>The advisory that a text names: its id in any spelling and case, an alias, the address of its page.</summary>
    /// <returns>Null when there is none; then the ids that look most like it, or those that name it if it is a CVE id.</returns>
    public async Task<(AdvisoryId? Found, IReadOnlyList<AdvisoryId> Near)> FindAsync(string text, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var written = text.Trim();
            AdvisoryId?[] meant = [AdvisoryId.IsValid(written) ? new AdvisoryId(written) : null, PublisherIds.BuiltIn.Find(null, written, null, written)];
            foreach (var id in meant.OfType<AdvisoryId>())
            {
                if (known.Find([IdentityKeys.OfNative(id)]) is [var native]) return (native.Id, []);
                if (known.Find(id) is { } own) return (own.Id, []);
            }

            var ids = known.All.Select(advisory => advisory.Id).ToList();
            // A document's own id stands for it where no other publisher has the same.
            var same = ids.Where(id => id.ToString().Equals(written, StringComparison.OrdinalIgnoreCase) || id.ToString().EndsWith('.' + written, StringComparison.OrdinalIgnoreCase)).ToList();
            if (same is [var only]) return (known.Find(only)?.Id, []);
            IEnumerable<AdvisoryId> near = CveId.IsValid(written) ? known.Naming(new CveId(written)) : ids.Where(id => Resembles(id.ToString(), meant[1]?.ToString() ?? written));
            return (null, [.. near.OrderBy(id => id.ToString(), StringComparer.Ordinal).Take(MostNear)]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>All that is stored of an advisory; null when there is none of this id.</summary>
    public async Task<AdvisoryLife?> FindLifeAsync(AdvisoryId id, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await KnowAsync(cancel);
            if (known.Find(id) is not { } advisory) return null;
            await StoredAsync(advisory.Id, cancel);
            var revisions = new List<Revision>();
            for (var number = 1; number <= advisory.LastRevision; number++)
                if (await store.FindRevisionAsync(new RevisionKey(advisory.Id, number), cancel) is { } revision) revisions.Add(revision);
            var kept = await store.ReadStatementsAsync(advisory.Id, cancel);
            return new AdvisoryLife(
                advisory,
                [.. known.All.Where(other => other.AliasOf is not null && known.Find(other.Id)?.Id == advisory.Id).Select(other => other.Id)],
                kept.Count > 0 ? kept : [.. revisions.TakeLast(1).Select(last => last.Entry)],
                revisions, _decider.Facts.Of(advisory.Cves), Relations.Of(advisory.Id));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What a source told last of each of its advisories that it tells alone, as far as the texts are stored.</summary>
    internal async Task<IReadOnlyList<Entry>> ReadToldAsync(Source source, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await KnowAsync(cancel);
            var told = new List<Entry>();
            foreach (var advisory in known.All.Where(one => one is { AliasOf: null, LastRevision: > 0 } && (one.Source == source.Id || source.FormerIds.Contains(one.Source))).ToList())
            {
                await StoredAsync(advisory.Id, cancel);
                if (await store.FindRevisionAsync(new RevisionKey(advisory.Id, advisory.LastRevision), cancel) is { } last) told.Add(last.Entry);
            }

            return told;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The newest revision of an advisory; null when there is none, or its text is no longer stored.</summary>
    public async Task<Revision?> FindLastAsync(AdvisoryId id, CancellationToken cancel)
    {
        Advisory? advisory;
        await _turn.WaitAsync(cancel);
        try
        {
            advisory = known.Find(id);
        }
        finally
        {
            _turn.Release();
        }

        return advisory is null ? null : await store.FindRevisionAsync(new RevisionKey(advisory.Id, advisory.LastRevision), cancel);
    }

    /// <summary>Forgets revisions and statements while nothing is decided by them. Statements stay where a newer revision came meanwhile.</summary>
    internal async Task ForgetAsync(IStoreCare care, Forgetting what, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await KnowAsync(cancel);
            foreach (var id in what.Statements) await StoredAsync(id, cancel);
            var newest = what.Bared.GroupBy(revision => revision.Key.Advisory).ToDictionary(group => group.Key, group => group.Max(revision => revision.Key.Number));
            await care.ForgetAsync(what with { Statements = [.. what.Statements.Where(id => known.Find(id) is not { } advisory || advisory.Id != id || advisory.LastRevision == newest[id])] }, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes an advisory back on the operator's word, which no source undoes.</summary>
    /// <param name="id">Of an advisory that was told.</param>
    /// <param name="reason">For readers, one line.</param>
    /// <param name="cancel">Stops before it is committed.</param>
    /// <returns>The revision that says so; null when it said so before, or no text of it is stored any more.</returns>
    public async Task<Revision?> WithdrawAsync(AdvisoryId id, string reason, CancellationToken cancel)
    {
        var commit = Task.CompletedTask;
        Revision? revision = null;
        await _turn.WaitAsync(cancel);
        try
        {
            await KnowAsync(cancel);
            await StoredAsync(id, cancel);
            if (known.Find(id) is not { LastRevision: > 0 } advisory) return null;
            if (await store.FindRevisionAsync(new RevisionKey(advisory.Id, advisory.LastRevision), cancel) is not { } last) return null;
            var statement = new Entry
            {
                Source = SourceId.Operator,
                Guid = advisory.Id.ToString(),
                Title = last.Entry.Title,
                Html = "",
                Text = "",
                Tlp = last.Entry.Tlp,
                Language = "de",
                Withdrawn = reason,
            };
            if (await _decider.DecideAgainAsync(advisory, statement, null, time.GetUtcNow(), cancel) is not { Revision: { } told } decided) return null;
            // Whatever waits of it for the operator: this is the operator, and waits for nobody.
            var batch = new BatchBuilder(new Staging(new SourceState { Source = advisory.Source, Address = "" }, DateTimeOffset.MinValue, mayHold: false), known.Has);
            batch.Add(decided);
            commit = CommitAsync(batch.Build(null), CancellationToken.None);
            revision = told;
        }
        finally
        {
            _turn.Release();
        }

        await commit;
        return revision;
    }

    /// <summary>Whether one is a part of the other, or they differ in one letter.</summary>
    private static bool Resembles(string id, string written)
    {
        if (written.Length >= 4 && id.Contains(written, StringComparison.OrdinalIgnoreCase)) return true;
        if (Math.Abs(id.Length - written.Length) > 1) return false;
        var (a, b) = (id.ToUpperInvariant(), written.ToUpperInvariant());
        var head = a.AsSpan().CommonPrefixLength(b);
        var tail = 0;
        while (tail < Math.Min(a.Length, b.Length) - head && a[^(tail + 1)] == b[^(tail + 1)]) tail++;
        return Math.Max(a.Length, b.Length) - head - tail <= 1;
    }
}
