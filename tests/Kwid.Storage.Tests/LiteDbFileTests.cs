using Kwid.Core.Storage;
using Kwid.LiteDb;
using LiteDB;

namespace Kwid.Storage.Tests;

/// <summary>What stands in the way of opening is told with file, finding and cure, and is left as it was.</summary>
public sealed class LiteDbFileTests : IDisposable
{
    private readonly DataFolder _data = new();

    private string StorePath => _data[LiteDbStore.FileName];

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_folder_that_does_not_exist_is_made()
    {
        await using var store = await OpenAsync(_data["new/data"]);

        Assert.True(File.Exists(_data["new/data/kwid.db"]));
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused_and_left_as_it_is()
    {
        var text = string.Concat(Enumerable.Repeat("Das ist kein Speicher. ", 1_000));
        await File.WriteAllTextAsync(StorePath, text, TestContext.Current.CancellationToken);

        var refusal = await RefusalAsync();

        Assert.Contains("does not begin like a LiteDB file", refusal, StringComparison.Ordinal);
        Assert.Contains("Restore the latest backup", refusal, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(StorePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_damaged_file_is_told_when_it_is_read()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(StorePath, TestContext.Current.CancellationToken);
        Array.Clear(bytes, 8_192, bytes.Length - 8_192);
        await File.WriteAllBytesAsync(StorePath, bytes, TestContext.Current.CancellationToken);

        var refusal = await RefusalAsync();

        Assert.Contains("Restore the latest backup", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_cut_short_is_told()
    {
        await FillAsync();
        await using (var file = File.OpenWrite(StorePath)) file.SetLength(8_192);

        var refusal = await RefusalAsync();

        Assert.Contains("Restore the latest backup", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_a_newer_schema_is_refused_and_left_as_it_is()
    {
        await FillAsync();
        using (var database = new LiteDatabase(new ConnectionString { Filename = StorePath, Collation = Collation.Binary }))
        {
            database.GetCollection("meta").Update(new BsonDocument { ["_id"] = "schema", ["version"] = 99 });
        }

        var refusal = await RefusalAsync();

        Assert.Contains("schema version 99", refusal, StringComparison.Ordinal);
        Assert.Contains("newer Kwid", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_LiteDB_file_of_another_program_is_refused()
    {
        using (var database = new LiteDatabase(new ConnectionString { Filename = StorePath, Collation = Collation.Binary }))
        {
            database.GetCollection("customers").Insert(new BsonDocument { ["_id"] = 1 });
        }

        Assert.Contains("customers", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_open_is_not_opened_twice()
    {
        await using var first = await OpenAsync(_data.Path);

        Assert.Contains("in use by another process", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_is_told_with_the_user()
    {
        Directory.CreateDirectory(StorePath);

        Assert.Contains($"user '{Environment.UserName}'", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_told()
    {
        await File.WriteAllTextAsync(_data["data"], "", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(_data["data"]));

        Assert.Contains(_data["data"], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_an_interrupted_process_left_half_is_dropped_and_the_store_goes_on()
    {
        await FillAsync();
        await File.WriteAllBytesAsync(_data["kwid-log.db"], [.. Enumerable.Repeat((byte)0, 3 * 8_192), 1, 2, 3], TestContext.Current.CancellationToken);

        await using var store = await OpenAsync(_data.Path);
        await store.CommitAsync(Make.Batch(Make.Revision("b")), TestContext.Current.CancellationToken);

        Assert.Equal(2, (await store.LoadAsync(TestContext.Current.CancellationToken)).Advisories.Count);
        Assert.Equal(0, new FileInfo(_data["kwid-log.db"]).Length);
    }

    [Fact]
    public async Task After_a_refusal_nothing_of_it_is_in_the_log()
    {
        await using var store = await OpenAsync(_data.Path);
        await store.CommitAsync(Make.Batch(Make.Revision("a")), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(Make.Batch(Make.Revision("a")), TestContext.Current.CancellationToken));

        Assert.Equal(0, new FileInfo(_data["kwid-log.db"]).Length);
    }

    [Fact]
    public async Task A_store_that_vanishes_is_not_begun_anew()
    {
        await using var store = await OpenAsync(_data.Path);
        await store.CommitAsync(Make.Batch(Make.Revision("a")), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StoreException>(() => store.CommitAsync(Make.Batch(Make.Revision("a")), TestContext.Current.CancellationToken));
        File.Delete(StorePath);

        var refusal = await Assert.ThrowsAsync<StoreException>(() => store.LoadAsync(TestContext.Current.CancellationToken));

        Assert.Contains("gone", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(StorePath));
    }

    private async Task FillAsync()
    {
        await using var store = await OpenAsync(_data.Path);
        await store.CommitAsync(Make.Batch(Make.Revision("a")), TestContext.Current.CancellationToken);
    }

    private static Task<LiteDbStore> OpenAsync(string folder) => LiteDbStore.OpenAsync(folder, null, TestContext.Current.CancellationToken);

    private async Task<string> RefusalAsync()
    {
        var refusal = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(_data.Path));

        Assert.Contains(StorePath, refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }
}
