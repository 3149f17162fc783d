namespace Kwid.EndToEnd.Faults;

/// <summary>The data folder can't be written, or is not there: feeds are served, the reason is told, and it goes on when the cause is gone.</summary>
public sealed class ReadOnlyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_that_becomes_read_only_stops_nothing_but_what_is_new_and_writable_again_it_goes_on()
    {
        await using var service = await WatchedService.BeginAsync();
        await using var disk = await SmallDisk.MountAsync(service.Folder.Data, 16);
        await using (var before = await service.ServeAsync())
        {
            await service.EnsureServedAsync();
            await before.KillAsync(Cancel);
        }

        await disk.SetReadOnlyAsync(true);
        await using var kwid = await service.ServeReadOnlyAsync();
        await kwid.WaitForLineAsync("Read-only file system", Limit, Cancel);
        await service.EnsureServedAsync();
        Assert.Contains("[GESTÖRT] Speicher", await service.OperatorFeedAsync(), StringComparison.Ordinal);

        await disk.SetReadOnlyAsync(false);
        await kwid.WaitForLineAsync("takes new entries again", Limit, Cancel);
        await service.EnsureAllArrivesAsync(kwid);
    }

    [Fact]
    public async Task A_data_folder_that_its_user_may_not_write_is_told_with_the_user_and_served_until_he_may()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv") && Environment.IsPrivilegedProcess, "needs setpriv (util-linux) and the right to use it");
        await using var service = await WatchedService.BeginAsync();
        await using (var before = await service.ServeAsync())
        {
            await service.EnsureServedAsync();
            await before.KillAsync(Cancel);
        }

        await Shell.RunAsync("chmod", "-R", "a+rX", service.Folder.Root);
        service.Folder.Around = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/tmp"];
        await using var kwid = await service.ServeReadOnlyAsync();
        await kwid.WaitForLineAsync("can't be written by user", Limit, Cancel);
        await service.EnsureServedAsync();

        await Shell.RunAsync("chown", "-R", "65534", service.Folder.Data);
        await kwid.WaitForLineAsync("takes new entries again", Limit, Cancel);
        await service.EnsureAllArrivesAsync(kwid);
    }

    [Fact]
    public async Task A_data_folder_that_is_moved_away_is_not_made_anew_and_back_in_its_place_all_is_well()
    {
        await using var service = await WatchedService.BeginAsync();
        await using var kwid = await service.ServeAsync();
        await service.EnsureServedAsync();

        Directory.Move(service.Folder.Data, service.Folder.Data + ".away");
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, Cancel);
        await service.EnsureServedAsync();
        Assert.False(Directory.Exists(service.Folder.Data));

        Directory.Move(service.Folder.Data + ".away", service.Folder.Data);
        await service.EnsureAllArrivesAsync(kwid);
    }
}
