using System.Text.Json;
using Kwid.EndToEnd.Serving;

namespace Kwid.EndToEnd.Care;

/// <summary>What backup, restore, copy and verify refuse, and how they end.</summary>
public class CareVerbTests(ServingFixture service) : IClassFixture<ServingFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_of_a_running_service_tells_what_is_in_it_and_replaces_a_file_only_by_force()
    {
        var file = Path.Combine(service.Folder.Root, "told.gz");

        var first = await service.Folder.RunAsync(Cancel, "backup", file, "--json");
        var second = await service.Folder.RunAsync(Cancel, "backup", file);
        var forced = await service.Folder.RunAsync(Cancel, "backup", file, "--force");

        Assert.Equal((0, 2, 0), (first.ExitCode, second.ExitCode, forced.ExitCode));
        using var json = JsonDocument.Parse(first.Text);
        Assert.Equal((file, new FileInfo(file).Length > 0), (json.RootElement.GetProperty("file").GetString(), json.RootElement.GetProperty("bytes").GetInt64() > 0));
        Assert.Contains(json.RootElement.GetProperty("kinds").EnumerateArray(), kind => kind.GetProperty("kind").GetString() == "revision" && kind.GetProperty("count").GetInt64() > 0);
        Assert.Contains("--force", string.Join('\n', second.Errors), StringComparison.Ordinal);
        Assert.False(File.Exists(file + ".new"));
    }

    [Fact]
    public async Task A_relative_file_is_the_callers_not_the_services()
    {
        await using var run = service.Folder.Start("backup", "relative.gz");

        Assert.Equal(0, (await run.WaitForExitAsync(TimeSpan.FromSeconds(60), Cancel)).ExitCode);
        Assert.True(File.Exists(Path.Combine(service.Folder.Root, "relative.gz")));
    }

    [Fact]
    public async Task A_place_that_cant_be_written_is_2_and_named()
    {
        var run = await service.Folder.RunAsync(Cancel, "backup", Path.Combine(service.Folder.Root, "nowhere", "b.gz"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nowhere", string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_service_is_well()
    {
        var run = await service.Folder.RunAsync(Cancel, "verify", "--json");

        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Text);
        Assert.True(json.RootElement.GetProperty("isWell").GetBoolean());
        Assert.True(json.RootElement.GetProperty("texts").GetInt32() > 0);
    }

    [Theory]
    [InlineData("restore", "any.gz")]
    [InlineData("copy", "--from", "liteDb", "--to", "liteDb:other")]
    public async Task Nothing_is_restored_or_copied_under_a_running_service(params string[] verb)
    {
        var run = await service.Folder.RunAsync(Cancel, verb);

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("in use by another process", string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_there_is_not_replaced_unasked_and_kept_when_it_is()
    {
        using var other = await BackedUpAsync("kept.gz");

        var first = await other.RunAsync(Cancel, "restore", "kept.gz");
        var second = await other.RunAsync(Cancel, "restore", "kept.gz");
        var replaced = await other.RunAsync(Cancel, "restore", "kept.gz", "--replace", "--json");

        Assert.Equal((0, 1, 0), (first.ExitCode, second.ExitCode, replaced.ExitCode));
        Assert.Contains("--replace", string.Join('\n', second.Errors), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(replaced.Text);
        Assert.True(File.Exists(json.RootElement.GetProperty("aside").GetString()!));
        Assert.Equal(0, (await other.RunAsync(Cancel, "verify")).ExitCode);
        Assert.False(Directory.Exists(Path.Combine(other.Data, "restore")));
    }

    [Fact]
    public async Task A_damaged_backup_changes_nothing()
    {
        using var other = await BackedUpAsync("torn.gz");
        var file = Path.Combine(other.Root, "torn.gz");
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, Cancel))[..^200], Cancel);

        var run = await other.RunAsync(Cancel, "restore", "torn.gz");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("damaged", string.Join('\n', run.Errors), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(other.Data, "kwid*.db"));
    }

    [Fact]
    public async Task A_backup_of_another_authority_is_refused()
    {
        using var other = await BackedUpAsync("alien.gz");
        other.Settings["service"]!["authority"] = "anders.example,2026";
        other.Write();

        var run = await other.RunAsync(Cancel, "restore", "alien.gz");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("pruefstand.kwid.example,2026", string.Join('\n', run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_configuration_is_lost_the_one_in_the_backup_counts()
    {
        using var other = await BackedUpAsync("lost.gz");
        File.Delete(other.Config);

        var run = await other.RunAsync(Cancel, "restore", "lost.gz");

        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        Assert.True(File.Exists(Path.Combine(other.Data, "last-good.config.json")));
    }

    [Fact]
    public async Task A_broken_configuration_is_refused_since_the_last_valid_one_may_name_another_store()
    {
        using var other = await BackedUpAsync("broken.gz");
        await other.RunAsync(Cancel, "restore", "broken.gz");
        other.Write("{ \"servis\": 1 }");

        var run = await other.RunAsync(Cancel, "restore", "broken.gz", "--replace");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("servis", string.Join('\n', run.Errors), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(other.Data, "*.before-restore-*"));
    }

    [Fact]
    public async Task A_restore_that_cant_put_the_former_store_aside_leaves_store_and_shelf_as_they_were()
    {
        using var other = await BackedUpAsync("stuck.gz");
        await other.RunAsync(Cancel, "restore", "stuck.gz");
        var shelf = Path.Combine(other.Data, "shelf", "editions.jsonl");
        var shown = await File.ReadAllBytesAsync(shelf, Cancel);
        // Where the former store would go something is in the way, whenever that will be.
        for (var second = 0; second < 300; second++) Directory.CreateDirectory(Path.Combine(other.Data, $"kwid.db.before-restore-{Make(second)}"));

        var run = await other.RunAsync(Cancel, "restore", "stuck.gz", "--replace", "--now", "2099-01-01T00:00:00Z");

        Assert.NotEqual(0, run.ExitCode);
        Assert.True(File.Exists(shelf), string.Join('\n', run.Errors));
        Assert.Equal(shown, await File.ReadAllBytesAsync(shelf, Cancel));
        Assert.Equal(0, (await other.RunAsync(Cancel, "verify")).ExitCode);

        static string Make(int second) => new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second).ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_copy_is_compared_kind_by_kind_and_only_goes_into_an_empty_store()
    {
        using var other = await BackedUpAsync("copy.gz");
        await other.RunAsync(Cancel, "restore", "copy.gz");

        var copy = await other.RunAsync(Cancel, "copy", "--from", "liteDb", "--to", "liteDb:second", "--json");
        var again = await other.RunAsync(Cancel, "copy", "--from", "liteDb", "--to", "liteDb:second");
        var nothing = await other.RunAsync(Cancel, "copy", "--from", "liteDb:nothing", "--to", "liteDb:third");
        var same = await other.RunAsync(Cancel, "copy", "--from", "liteDb", "--to", $"liteDb:{other.Data}");
        var unknown = await other.RunAsync(Cancel, "copy", "--from", "sqlite", "--to", "liteDb:third");

        Assert.Equal((0, 5, 2, 2, 2), (copy.ExitCode, again.ExitCode, nothing.ExitCode, same.ExitCode, unknown.ExitCode));
        using var json = JsonDocument.Parse(copy.Text);
        Assert.True(json.RootElement.GetProperty("equal").GetBoolean());
        Assert.Contains("not empty", string.Join('\n', again.Errors), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(other.Root, "nothing")));
    }

    /// <summary>An installation without data, with a backup of the service beside it.</summary>
    private async Task<KwidFolder> BackedUpAsync(string file)
    {
        var other = new KwidFolder(service.Upstream.Address).With("good", new Uri(service.Upstream.Address, "/good")).Write();
        var run = await service.Folder.RunAsync(Cancel, "backup", Path.Combine(other.Root, file));
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        return other;
    }
}
