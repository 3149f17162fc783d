namespace Kwid.EndToEnd.Faults;

/// <summary>A file system of a few megabytes in memory, below a folder. Where mounting is not allowed the test is skipped visibly.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    public static async Task<SmallDisk> MountAsync(string folder, int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "tmpfs is Linux's.");
        Directory.CreateDirectory(folder);
        var refusal = await Shell.TryAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "none", folder);
        Assert.SkipUnless(refusal is null, $"Mounting is not allowed here: {refusal}");
        return new SmallDisk(folder);
    }

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        // The last bytes as well: what is written meanwhile may free some.
        foreach (var size in (int[])[1 << 20, 1 << 12])
        {
            try
            {
                for (var block = new byte[size]; ;) filler.Write(block);
            }
            catch (IOException)
            {
                // full
            }
        }
    }

    /// <summary>There is room again.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>As after an error of the disk. What is open for writing must be written through the old mount no more either.</summary>
    public Task SetReadOnlyAsync(bool readOnly) => Shell.RunAsync("mount", "-o", readOnly ? "remount,ro" : "remount,rw", _folder);

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("umount", "-l", _folder);
        Directory.Delete(_folder, recursive: true);
    }
}
