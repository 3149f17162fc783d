using Kwid.Core.Storage;

namespace Kwid.LiteDb;

/// <summary>Puts a store that is whole in the place of another, in one step: at no moment is there none, or half of one.</summary>
public static class StoreSwap
{
    /// <summary>Moves the store of one folder into another.</summary>
    /// <param name="from">Closed. On the same disk.</param>
    /// <param name="folder">Where it goes; the caller holds its lock.</param>
    /// <param name="aside">What the name of the former store's file ends with from now on.</param>
    /// <param name="cancel">Stops before anything is moved.</param>
    /// <returns>The former store's file; null when there was none.</returns>
    /// <exception cref="IOException">It can't be moved; the former store is where it was.</exception>
    public static async Task<string?> RunAsync(string from, string folder, string aside, CancellationToken cancel)
    {
        var (path, kept) = (Path.Combine(folder, LiteDbStore.FileName), Path.Combine(folder, LiteDbStore.FileName + aside));
        await EmptyLogAsync(folder, path, cancel);
        // What the former store could not take in of its log must never meet the new one.
        var log = StoreFile.LogPath(path);
        if (File.Exists(log)) File.Move(log, log + aside, overwrite: true);
        try
        {
            if (!Replace(Path.Combine(from, LiteDbStore.FileName), path, kept)) return null;
        }
        catch when (File.Exists(log + aside))
        {
            File.Move(log + aside, log);
            throw;
        }

        if (new FileInfo(log + aside) is { Exists: true, Length: 0 } empty) empty.Delete();
        return kept;
    }

    /// <returns>Whether there was one in its place.</returns>
    private static bool Replace(string from, string path, string kept)
    {
        if (File.Exists(path)) File.Replace(from, path, kept);
        else File.Move(from, path);
        return File.Exists(kept);
    }

    /// <summary>Opening and closing carries the log into the file. One that can't be opened is kept as it is.</summary>
    private static async Task EmptyLogAsync(string folder, string path, CancellationToken cancel)
    {
        if (!File.Exists(path)) return;
        try
        {
            await using var former = await LiteDbStore.OpenAsync(folder, null, cancel);
        }
        catch (StoreException)
        {
            // That may be why it is replaced.
        }
    }
}
