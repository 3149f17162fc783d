using Kwid.LiteDb;

namespace Kwid.Storage.Tests;

public sealed class StoreSwapTests : IDisposable
{
    private readonly DataFolder _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Where_the_store_cant_be_replaced_the_former_one_keeps_its_log()
    {
        var from = Directory.CreateDirectory(Path.Combine(_data.Path, "restore")).FullName;
        await File.WriteAllTextAsync(_data[LiteDbStore.FileName], "no store, kept as it is", Cancel);
        await File.WriteAllTextAsync(_data["kwid-log.db"], "its log", Cancel);

        await Assert.ThrowsAnyAsync<IOException>(() => StoreSwap.RunAsync(from, _data.Path, ".before", Cancel));

        Assert.Equal("no store, kept as it is", await File.ReadAllTextAsync(_data[LiteDbStore.FileName], Cancel));
        Assert.Equal("its log", await File.ReadAllTextAsync(_data["kwid-log.db"], Cancel));
        Assert.False(File.Exists(_data["kwid-log.db.before"]));
    }
}
