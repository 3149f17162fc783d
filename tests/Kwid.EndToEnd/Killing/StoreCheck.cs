using Kwid.Core.Model;
using Kwid.Core.Storage;

namespace Kwid.EndToEnd.Killing;

/// <summary>Compares everything in a store with everything else, with what the upstreams showed, and with what was there before.</summary>
internal sealed class StoreCheck(NewsStream stream)
{
    private const int Page = 500;
    private readonly HashSet<RevisionKey> _seen = [];
    private List<(int Number, DateTimeOffset Instant, int Rows)> _editions = [];

    /// <summary>What was there at the last check.</summary>
    public (int Advisories, int Editions, int Pending) Found { get; private set; }

    public async Task RunAsync(IStore store, CancellationToken cancel)
    {
        var contents = await store.LoadAsync(cancel);
        var revisions = await RevisionsAsync(store, cancel);
        var pending = (await store.ReadPendingAsync(cancel)).Select(revision => revision.Key).ToList();
        var editions = new List<Edition>();
        await foreach (var edition in store.ReadEditionsAsync(0, cancel)) editions.Add(edition);
        Found = (contents.Advisories.Count, editions.Count, pending.Count);

        Assert.Equal(contents.Advisories.SelectMany(one => Enumerable.Range(1, one.LastRevision).Select(number => new RevisionKey(one.Id, number))).ToHashSet(), [.. revisions.Keys]);
        EnsureNothingIsLost(contents, [.. revisions.Keys], editions);
        EnsureValidatorsAreNotAhead(contents, revisions);
        EnsureEditionsAreWhole(contents, revisions, editions, pending);
    }

    private void EnsureNothingIsLost(StoreContents contents, HashSet<RevisionKey> revisions, List<Edition> editions)
    {
        Assert.Superset(_seen, revisions);
        Assert.All(contents.Keys, key => Assert.Contains(contents.Advisories, advisory => advisory.Id == key.Value));
        var told = editions.Select(edition => (edition.Number, edition.Instant, edition.Publications.Count)).ToList();
        Assert.Equal(_editions, told.Take(_editions.Count));
        _seen.UnionWith(revisions);
        _editions = told;
    }

    /// <summary>What a source's validator stands for is stored, in the state that was shown with it or a later one.</summary>
    private void EnsureValidatorsAreNotAhead(StoreContents contents, Dictionary<RevisionKey, Revision> revisions)
    {
        var known = contents.Advisories.ToDictionary(advisory => advisory.Id.ToString(), advisory => revisions[new RevisionKey(advisory.Id, advisory.LastRevision)], StringComparer.Ordinal);
        foreach (var state in contents.Sources.Where(state => state.Validators.ETag is not null))
            foreach (var item in stream.ShownWith(state.Validators.ETag!))
            {
                Assert.True(known.TryGetValue(item.Id, out var last), $"{state.Source} has validator {state.Validators.ETag}, but {item.Id}, which was shown with it, is not stored");
                Assert.True(item.Word == "mittel" || last.Entry.Severity is Severity.Critical, $"{state.Source} has validator {state.Validators.ETag}, but that {item.Id} is {item.Word}, which was shown with it, is not stored");
            }
    }

    /// <summary>No edition is half written, none rings twice, and what an edition decided on waits no longer.</summary>
    private static void EnsureEditionsAreWhole(StoreContents contents, Dictionary<RevisionKey, Revision> revisions, List<Edition> editions, List<RevisionKey> pending)
    {
        Assert.Equal(Enumerable.Range(1, editions.Count), editions.Select(edition => edition.Number));
        Assert.All(editions.Zip(editions.Skip(1)), pair => Assert.True(pair.First.Instant < pair.Second.Instant, $"edition {pair.Second.Number} is not later than the one before"));
        Assert.Equal(editions.Count == 0 ? null : (editions[^1].Number, editions[^1].Instant), contents.LastEdition);
        var rows = editions.SelectMany(edition => edition.Publications).ToList();
        Assert.All(rows, row => Assert.Contains(row.Revision, revisions));
        Assert.All(rows.Where(row => row.Kind is PublicationKind.Entry).CountBy(row => (row.Class, row.Revision)), ring => Assert.True(ring.Value == 1, $"{ring.Key} rang {ring.Value} times"));

        var told = rows.Select(row => row.Revision.Advisory).ToHashSet();
        Assert.All(contents.Advisories, advisory => Assert.True(told.Contains(advisory.Id) || pending.Exists(key => key.Advisory == advisory.Id), $"{advisory.Id} is neither published nor waiting"));
        Assert.Empty(pending.Intersect(rows.Select(row => row.Revision)));
        // In one transaction with its edition a revision stops waiting: by classes, all of them or none.
        var classes = rows.Select(row => row.Class).ToHashSet();
        Assert.All(rows.Where(row => row.Kind is PublicationKind.Entry).GroupBy(row => row.Revision), rings => Assert.Equal(classes.Count, rings.Count()));
    }

    private static async Task<Dictionary<RevisionKey, Revision>> RevisionsAsync(IStoreCare store, CancellationToken cancel)
    {
        var all = new Dictionary<RevisionKey, Revision>();
        for (RevisionKey? last = null; await store.ReadRevisionsAsync(last, Page, cancel) is [.., var end] page; last = end.Key)
            foreach (var revision in page) all.Add(revision.Key, revision);
        return all;
    }
}
