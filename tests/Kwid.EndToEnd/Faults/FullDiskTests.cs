namespace Kwid.EndToEnd.Faults;

/// <summary>The disk is full at one moment after the other: that is said everywhere, feeds are served, and with room it goes on by itself.</summary>
public sealed class FullDiskTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_told_everywhere_while_feeds_are_served_and_with_room_nothing_was_lost()
    {
        await using var service = await WatchedService.BeginAsync();
        await using var disk = await SmallDisk.MountAsync(service.Folder.Data, 16);
        await using var kwid = await service.ServeAsync();
        await service.EnsureServedAsync();

        disk.Fill();
        var line = await kwid.WaitForLineAsync("is full", Limit, Cancel);
        await Wait.UntilAsync(async () => !await service.IsUpAsync("kwid_store_up"), "metrics tell it", Limit, Cancel);
        await service.EnsureServedAsync();
        Assert.Contains("kwid.db", line, StringComparison.Ordinal);
        Assert.Contains("Free some space", line, StringComparison.Ordinal);
        Assert.Contains("Neue Hinweise können zurzeit nicht gespeichert werden", await service.StatusAsync(), StringComparison.Ordinal);
        Assert.Contains("[GESTÖRT] Speicher", await service.OperatorFeedAsync(), StringComparison.Ordinal);
        Assert.Contains("Free some space", await service.OperatorFeedAsync(), StringComparison.Ordinal);
        await EnsureUpstreamsAreLeftAloneAsync(service);

        disk.Free();
        await kwid.WaitForLineAsync("takes new entries again", Limit, Cancel);
        await Wait.UntilAsync(async () => await service.IsUpAsync("kwid_store_up"), "metrics tell that it is over", Limit, Cancel);
        Assert.Contains("[BEHOBEN] Speicher", await service.OperatorFeedAsync(), StringComparison.Ordinal);
        await service.EnsureAllArrivesAsync(kwid);
    }

    [Fact]
    public async Task A_disk_that_is_full_again_and_again_at_any_moment_loses_and_doubles_nothing()
    {
        var dice = new Random(20261124);
        await using var service = await WatchedService.BeginAsync();
        await using var disk = await SmallDisk.MountAsync(service.Folder.Data, 16);
        await using var kwid = await service.ServeAsync();

        for (var round = 0; round < 8; round++)
        {
            disk.Fill();
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(3_000)), TimeProvider.System, Cancel);
            await service.EnsureServedAsync();
            disk.Free();
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(2_000)), TimeProvider.System, Cancel);
        }

        await service.EnsureAllArrivesAsync(kwid);
    }

    [Fact]
    public async Task A_limit_of_file_size_is_told_like_a_full_disk_and_lifted_it_goes_on()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prlimit") && File.Exists("/bin/bash"), "needs bash and prlimit (util-linux)");
        await using var service = await WatchedService.BeginAsync();
        // The runtime's own large memory files would meet the limit too.
        service.Folder.Around = ["bash", "-c", "trap '' XFSZ; ulimit -S -f 300; export DOTNET_EnableWriteXorExecute=0; exec \"$0\" \"$@\""];
        await using var kwid = await service.ServeAsync();

        await kwid.WaitForLineAsync("a limit is reached", TimeSpan.FromMinutes(2), Cancel);
        await Wait.UntilAsync(async () => !await service.IsUpAsync("kwid_store_up"), "metrics tell it", Limit, Cancel);
        await service.EnsureServedAsync();

        await Shell.RunAsync("prlimit", "--pid", kwid.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "--fsize=unlimited");
        await kwid.WaitForLineAsync("takes new entries again", Limit, Cancel);
        await service.EnsureAllArrivesAsync(kwid);
    }

    /// <summary>What can't be stored is not asked for: not of strangers, every few seconds, for a night.</summary>
    private static async Task EnsureUpstreamsAreLeftAloneAsync(WatchedService service)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Cancel);
        var asked = service.Stream.Upstream.Requests.Count;
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, Cancel);
        Assert.Equal(asked, service.Stream.Upstream.Requests.Count);
    }
}
