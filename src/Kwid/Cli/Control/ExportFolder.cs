using Kwid.Core.Publishing;

namespace Kwid.Cli.Control;

/// <summary>A folder that mirrors the public addresses. What is public no more does not stay in it: a label may forbid it, or its recipient has gone.</summary>
/// <param name="folder">Absolute.</param>
internal sealed class ExportFolder(string folder)
{
    private const string Unfinished = ".new";
    private const string List = ".opml";

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Writes a document, whole or not at all.</summary>
    /// <param name="name">Below the folder.</param>
    /// <param name="pieces">What to write.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ExitException">It can't be written.</exception>
    public async Task WriteAsync(string name, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancel)
    {
        var path = Path.Combine(folder, name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var file = File.Create(path + Unfinished))
                foreach (var piece in pieces) await file.WriteAsync(piece, cancel);
            File.Move(path + Unfinished, path, overwrite: true);
            _written.Add(name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ExitException(ExitCode.Usage, $"'{path}' can't be written: {fault.Message} Give another folder, or the right to write there.");
        }
    }

    /// <summary>Deletes what earlier exports wrote and this one did not; other files stay.</summary>
    /// <returns>How many files went.</returns>
    /// <exception cref="ExitException">One can't be deleted.</exception>
    public int Sweep() => Sweep("feeds", path => FeedAddress.TryParse(path, out _)) + Sweep("providers", path => FeedAddress.TryParseProvider(path.EndsWith(List, StringComparison.Ordinal) ? path[..^List.Length] + ".atom" : path, out _));

    private int Sweep(string part, Func<string, bool> isFeed)
    {
        var root = Path.Combine(folder, part);
        if (!Directory.Exists(root)) return 0;
        var old = Directory.EnumerateFiles(root, "*", Below).Where(file => IsOld(part, Path.GetRelativePath(root, file).Replace('\\', '/'), isFeed)).ToList();
        foreach (var file in old) Delete(file, root);
        return old.Count;
    }

    private bool IsOld(string part, string name, Func<string, bool> isFeed) =>
        !_written.Contains($"{part}/{name}") && isFeed(name.EndsWith(Unfinished, StringComparison.Ordinal) ? name[..^Unfinished.Length] : name);

    /// <summary>With the folders that are empty then.</summary>
    private static void Delete(string file, string root)
    {
        try
        {
            File.Delete(file);
            for (var parent = Path.GetDirectoryName(file)!; parent != root && !Directory.EnumerateFileSystemEntries(parent).Any(); parent = Path.GetDirectoryName(parent)!) Directory.Delete(parent);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ExitException(ExitCode.Usage, $"'{file}' of an earlier export is public no more and can't be deleted: {fault.Message} Delete it, or give the right to.");
        }
    }
}
