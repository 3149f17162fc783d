using Kwid.Core.Storage;
using Kwid.LiteDb;

namespace Kwid.EndToEnd.Killing;

public sealed class KilledLiteDbTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_on_LiteDB_that_is_killed_at_any_moment_loses_and_doubles_nothing_and_does_not_grow()
    {
        await using var stream = await NewsStream.BeginAsync(Cancel);
        using var folder = stream.Folder().Write();

        await KilledService.EndureAsync(stream, folder, () => OpenCopyAsync(folder), Cancel);

        var log = new FileInfo(Path.Combine(folder.Data, "kwid-log.db")).Length;
        var (grown, fresh) = (new FileInfo(Path.Combine(folder.Data, LiteDbStore.FileName)).Length, await FreshSizeAsync(folder));
        TestContext.Current.TestOutputHelper?.WriteLine($"kwid.db has {grown / 1024} KiB, filled anew {fresh / 1024} KiB");
        Assert.Equal(0, log);
        Assert.True(grown < 2 * fresh, $"kwid.db has grown to {grown} bytes, filled anew it has {fresh}");
    }

    /// <summary>A copy: what a killed process left behind is mended by the program itself.</summary>
    private static async Task<IStore> OpenCopyAsync(KwidFolder folder)
    {
        var copy = Directory.CreateDirectory(Path.Combine(folder.Root, "copy")).FullName;
        foreach (var file in new[] { LiteDbStore.FileName, "kwid-log.db" })
        {
            var from = Path.Combine(folder.Data, file);
            if (File.Exists(from)) File.Copy(from, Path.Combine(copy, file), overwrite: true);
        }

        return await LiteDbStore.OpenAsync(copy, null, Cancel);
    }

    private static async Task<long> FreshSizeAsync(KwidFolder folder)
    {
        var fresh = Path.Combine(folder.Root, "fresh");
        await using (var store = await OpenCopyAsync(folder))
        await using (var target = await LiteDbStore.OpenAsync(fresh, null, Cancel)) await target.FillAsync(store.ReadAllAsync(Cancel), Cancel);
        return new FileInfo(Path.Combine(fresh, LiteDbStore.FileName)).Length;
    }
}
