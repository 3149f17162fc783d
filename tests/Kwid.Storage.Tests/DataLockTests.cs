using System.Diagnostics;
using System.Globalization;
using Kwid.Core.Storage;

namespace Kwid.Storage.Tests;

public sealed class DataLockTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void A_folder_is_held_once_and_free_again_afterwards()
    {
        using (var first = DataLock.TryAcquire(_data["new/data"]))
        {
            Assert.NotNull(first);
            Assert.Null(DataLock.TryAcquire(_data["new/data"]));
        }

        using var second = DataLock.TryAcquire(_data["new/data"]);
        Assert.NotNull(second);
    }

    [Fact]
    public void A_file_that_was_left_over_holds_nothing()
    {
        File.WriteAllText(_data[DataLock.FileName], "12345678 and what else there was");

        using (var held = DataLock.TryAcquire(_data.Path)) Assert.NotNull(held);

        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), File.ReadAllText(_data[DataLock.FileName]).Trim());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_killed_process_holds_nothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var child = ChildProcess.Start("lock", _data.Path);
        Assert.Equal("held", await child.ReadAsync(cancel));
        Assert.Null(DataLock.TryAcquire(_data.Path));

        await child.KillAsync(cancel);

        using var held = DataLock.TryAcquire(_data.Path);
        Assert.NotNull(held);
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_process_is_refused_and_people_can_read_who_holds_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var held = DataLock.TryAcquire(_data.Path);

        using var child = ChildProcess.Start("lock", _data.Path);

        Assert.Equal("refused", await child.ReadAsync(cancel));
        if (!File.Exists("/bin/cat")) Assert.Skip("needs cat");
        using var cat = Process.Start(new ProcessStartInfo("/bin/cat", [_data[DataLock.FileName]]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), (await cat.StandardOutput.ReadToEndAsync(cancel)).Trim());
    }

    [Fact]
    public void A_folder_that_can_not_be_made_is_told()
    {
        File.WriteAllText(_data["data"], "");

        var refusal = Assert.Throws<StoreException>(() => DataLock.TryAcquire(_data["data"]));

        Assert.Contains(_data["data"], refusal.Message, StringComparison.Ordinal);
    }
}
