using Kwid.Core.Model;
using Kwid.Core.Storage;
using Kwid.LiteDb;

namespace Kwid.Storage.Tests;

/// <summary>Room that retention frees is used again, and given back to the disk by copying.</summary>
public sealed class LiteDbCompactionTests : IDisposable
{
    private const int Count = 2_000;

    private readonly DataFolder _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private long Size => new FileInfo(_data[LiteDbStore.FileName]).Length;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task What_retention_frees_goes_back_to_the_disk_and_all_that_is_left_is_the_same()
    {
        await using var store = await FilledAsync();
        await BareAsync(store);
        var (before, all) = (Size, await AllAsync(store));

        var gained = await store.CompactAsync(0, Cancel);

        Assert.Equal((before, Size, null), (gained!.Before, gained.After, gained.Hindrance));
        Assert.True(gained.After < before / 2, $"{before} → {gained.After}");
        Whole.Equal(all, await AllAsync(store));
        await store.CommitAsync(Make.Batch(Make.Revision("late")), Cancel);
        await store.DisposeAsync();
        await using var reopened = await LiteDbStore.OpenAsync(_data.Path, null, Cancel);
        Assert.Equal(all.Count + 4, (await AllAsync(reopened)).Count);
        Assert.Empty(Directory.EnumerateFiles(_data.Path, "kwid-snapshot-*"));
    }

    [Fact]
    public async Task A_small_file_and_one_without_much_room_in_it_are_left_alone()
    {
        await using var store = await FilledAsync();

        Assert.Null(await store.CompactAsync(0, Cancel));
        await BareAsync(store);
        Assert.Null(await store.CompactAsync(Size + 1, Cancel));
    }

    [Theory]
    [InlineData(2_200)]
    [InlineData(3_000)]
    [InlineData(5_000)]
    public async Task What_documents_leave_of_their_pages_is_not_taken_for_room_that_copying_gives_back(int bytes)
    {
        await using var store = await FilledAsync(bytes);
        await store.CompactAsync(0, Cancel);

        var again = await store.CompactAsync(0, Cancel);

        Assert.Null(again);
        await BareAsync(store);
        Assert.NotNull(await store.CompactAsync(0, Cancel));
    }

    [Fact]
    public async Task Room_that_was_freed_is_used_again_so_that_the_file_grows_by_what_identity_takes()
    {
        await using var store = await FilledAsync();
        var sizes = new List<long>();

        for (var year = 1; year <= 4; year++)
        {
            await BareAsync(store, year - 1);
            await FillAsync(store, year);
            sizes.Add(Size);
        }

        Assert.InRange((sizes[^1] - sizes[0]) / (3 * Count), 0, 1_100);
    }

    private async Task<LiteDbStore> FilledAsync(int bytes = 1_500)
    {
        var store = await LiteDbStore.OpenAsync(_data.Path, null, Cancel);
        await FillAsync(store, 0, bytes);
        return store;
    }

    private static async Task FillAsync(LiteDbStore store, int year, int bytes = 1_500)
    {
        foreach (var chunk in Enumerable.Range(0, Count).Chunk(500)) await store.CommitAsync(Make.Batch([.. chunk.Select(index => Revision(year, index, bytes))]), Cancel);
    }

    private static Task BareAsync(LiteDbStore store, int year = 0) =>
        store.ForgetAsync(new Forgetting { Bared = [.. Enumerable.Range(0, Count).Select(index => Make.Revision($"y{year}-{index}", 1, Make.BareEntry("")))] }, Cancel);

    /// <summary>Some 2 KB packed, as of a large document; no two texts are alike.</summary>
    private static Revision Revision(int year, int index, int size)
    {
        var bytes = new byte[size];
        new Random((year * Count) + index).NextBytes(bytes);
        return Make.Revision($"y{year}-{index}", 1, Make.BareEntry(Convert.ToBase64String(bytes)));
    }

    private static async Task<List<object>> AllAsync(LiteDbStore store)
    {
        var all = new List<object>();
        await foreach (var record in store.ReadAllAsync(Cancel)) all.Add(record);
        return all;
    }
}
