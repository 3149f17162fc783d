using Kwid.Core.Care;
using Kwid.Core.Storage;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Care;

/// <summary>Counts and hashes tell whether two stores hold the same, in whatever order they tell it.</summary>
public class TallyTests
{
    [Fact]
    public async Task The_order_of_records_changes_nothing_and_any_other_change_does()
    {
        await using var shop = await Workshop.OpenAsync();
        var all = (await Records.OfAsync(shop)).All;
        var whole = Of(all);

        Assert.Equal(whole, Of(all.Reverse()));
        Assert.NotEqual(whole, Of(all.Skip(1)));
        Assert.NotEqual(whole, Of([.. all, all[^1]]));
        var changed = Of(all.Select(record => record is StoredRevision { Revision: var one } && one.Key.Number == 2 ? new StoredRevision(one with { SeenAt = one.SeenAt.AddTicks(1) }) : record));
        Assert.Equal("revision", Assert.Single(whole.Except(changed)).Kind);
    }

    [Fact]
    public void Every_kind_is_named_also_when_there_is_none_of_it() =>
        Assert.Equal(["advisory", "audit", "capability", "edition", "fact", "key", "revision", "source", "stage", "statement"], Of([]).Select(kind => kind.Kind));

    private static IReadOnlyList<KindTally> Of(IEnumerable<StoreRecord> records)
    {
        var tally = new Tally();
        foreach (var record in records) tally.Add(record);
        return tally.Kinds;
    }
}
