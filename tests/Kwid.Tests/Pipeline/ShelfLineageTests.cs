using Kwid.Core.Publishing;

namespace Kwid.Tests.Pipeline;

/// <summary>A shelf that is not the store's is found out, made anew from the store, and kept aside.</summary>
public class ShelfLineageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shelf_of_another_store_is_found_out_also_when_it_has_fewer_editions()
    {
        await using var one = await Workshop.OpenAsync();
        await one.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await one.AbandonAsync();
        await using var two = await Workshop.OpenAsync("2026-03-11T12:00:00Z");
        await two.TellAsync(ScriptedFetcher.Wid((2, "hoch", 2)));
        await two.TellAsync(ScriptedFetcher.Wid((2, "hoch", 2), (3, "hoch", 3)));
        var right = two.Feed();
        await two.AbandonAsync();
        await PutAsync(await FilesAsync(one.ShelfFolder), two.ShelfFolder);

        await using var mixed = await Workshop.OpenAsync(before: two);

        Assert.Equal(right, mixed.Feed());
        Assert.Contains("edition 1 ", mixed.Foreign, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_went_back_is_told_and_what_was_shown_is_kept_aside_once()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var right = shop.Feed();
        await shop.AbandonAsync();
        var store = await File.ReadAllBytesAsync(Store(shop), Cancel);
        byte[] shelf;
        await using (var later = await Workshop.OpenAsync(before: shop))
        {
            await later.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "hoch", 2)));
            shelf = await File.ReadAllBytesAsync(Path.Combine(shop.ShelfFolder, "editions.jsonl"), Cancel);
        }

        await File.WriteAllBytesAsync(Store(shop), store, Cancel);
        await using var back = await Workshop.OpenAsync(before: shop);

        Assert.Equal(right, back.Feed());
        Assert.Contains("editions 2 to 2 ", back.Foreign, StringComparison.Ordinal);
        Assert.Equal(shelf, await File.ReadAllBytesAsync(Path.Combine(shop.ShelfFolder + ".aside", "editions.jsonl"), Cancel));
        Assert.Equal(["editions.jsonl", "texts.bin"], Directory.EnumerateFiles(shop.ShelfFolder + ".aside").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await back.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (3, "hoch", 3)));
        var shown = back.Feed();
        await back.AbandonAsync();
        await using var again = await Workshop.OpenAsync(before: shop);
        Assert.Equal((shown, null), (again.Feed(), again.Foreign));
    }

    [Fact]
    public async Task A_damaged_line_that_came_again_from_the_store_is_told_no_more()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1), (2, "hoch", 2)));
        var right = shop.Feed();
        await shop.AbandonAsync();
        var file = Path.Combine(shop.ShelfFolder, "editions.jsonl");
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        bytes[^30] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        using (var damaged = new Shelf(shop.ShelfFolder, shop.Audience.Builder, shop.Clock)) Assert.Contains("line 2", damaged.ReadFault, StringComparison.Ordinal);

        await using var restarted = await Workshop.OpenAsync(before: shop);

        Assert.Equal((right, null), (restarted.Feed(), restarted.Shelf.ReadFault));
    }

    [Fact]
    public async Task Editions_of_more_than_two_gigabytes_are_loaded_line_by_line()
    {
        await using var shop = await Workshop.OpenAsync();
        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));
        var right = shop.Feed();
        await shop.AbandonAsync();
        await using (var file = new FileStream(Path.Combine(shop.ShelfFolder, "editions.jsonl"), FileMode.Append))
        {
            await file.WriteAsync("damaged\n"u8.ToArray(), Cancel);
            file.SetLength(2_200_000_000);
        }

        await using var restarted = await Workshop.OpenAsync(before: shop);
        await restarted.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        Assert.Equal(right, restarted.Feed());
    }

    [Fact]
    public async Task Files_of_store_and_shelf_are_their_users_alone_also_in_a_folder_that_all_may_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        if (OperatingSystem.IsWindows()) return;
        await using var shop = await Workshop.OpenAsync();
        File.SetUnixFileMode(Path.GetDirectoryName(shop.ShelfFolder)!, (UnixFileMode)0b111_101_101);

        await shop.TellAsync(ScriptedFetcher.Wid((1, "hoch", 1)));

        foreach (var file in (string[])[Store(shop), Path.Combine(shop.ShelfFolder, "editions.jsonl"), Path.Combine(shop.ShelfFolder, "texts.bin")])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(shop.ShelfFolder));
    }

    private static string Store(Workshop shop) => Path.Combine(Path.GetDirectoryName(shop.ShelfFolder)!, "kwid.db");

    private static async Task<Dictionary<string, byte[]>> FilesAsync(string folder)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder)) files[Path.GetFileName(file)] = await File.ReadAllBytesAsync(file, Cancel);
        return files;
    }

    private static async Task PutAsync(Dictionary<string, byte[]> files, string folder)
    {
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in files) await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, Cancel);
    }
}
