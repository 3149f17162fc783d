using System.Runtime.CompilerServices;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Care;

/// <summary>Something of everything that a store tells, and a store that tells what a test makes of it.</summary>
internal sealed class Records(IReadOnlyList<StoreRecord> records) : IStoreCare
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public IReadOnlyList<StoreRecord> All => records;

    /// <summary>A store after three editions, with something pending, a statement, a capability and a line of audit.</summary>
    public static async Task<Records> OfAsync(Workshop shop)
    {
        shop.Sources.Add(Make.Source("cert-x"));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "mittel", 2)));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 3), (2, "mittel", 2)));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "kritisch", 3), (2, "hoch", 4), (3, "mittel", 5)));
        shop.Network.Body = ScriptedFetcher.Wid((4, "hoch", 6));
        await shop.Ingest.RunAsync(shop.Sources[0], Workshop.Policy, Cancel);
        shop.Network.Body = ScriptedFetcher.Wid((1, "mittel", 7));
        await shop.Ingest.RunAsync(shop.Sources[1], Workshop.Policy, Cancel);
        await shop.Store.SaveAccessAsync([new Capability("k1", "hash", "05315000", "IT", Make.Instant("2026-03-01T10:00Z"))], [new AuditEvent(Make.Instant("2026-03-01T10:00Z"), "token-issued", "k1", null)], Cancel);
        return await AllOfAsync(shop.Store);
    }

    public static async Task<Records> AllOfAsync(IStoreCare store)
    {
        var all = new List<StoreRecord>();
        await foreach (var record in store.ReadAllAsync(Cancel)) all.Add(record);
        return new Records(all);
    }

    /// <summary>The same, one kind changed.</summary>
    public Records With<T>(Func<T, T?> change) where T : StoreRecord => new([.. records.Select(record => record is T one ? change(one) : record).OfType<StoreRecord>()]);

    public async IAsyncEnumerable<StoreRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var record in records) yield return record;
    }

    public Task TryOutAsync(CancellationToken cancel) => throw new NotSupportedException();

    public Task FillAsync(IAsyncEnumerable<StoreRecord> records, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<Revision>> ReadRevisionsAsync(RevisionKey? after, int most, CancellationToken cancel) => throw new NotSupportedException();

    public Task ForgetAsync(Forgetting what, CancellationToken cancel) => throw new NotSupportedException();
}
