using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>
/// The walk of a <c>file:</c> source: a folder into which feed documents are dropped (*.xml, *.rss, *.atom, *.rdf, *.json, or saved pages, *.html and *.htm; no subfolders, no names that begin with a dot),
/// or one file of any name. Files come in ordinal order of their names, unchanged ones are not read again, and one that is gone withdraws nothing.
/// </summary>
/// <param name="time">Tells how fresh a file is.</param>
/// <param name="maxBytes">Longest file read, in bytes.</param>
public sealed class FolderWalk(TimeProvider time, int maxBytes) : IWalk
{
    // Some file systems keep times in steps of two seconds: a file changed twice within one step looks unchanged.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly string[] Endings = [".xml", ".rss", ".atom", ".rdf", ".json"];
    private static readonly string[] PageEndings = [".html", ".htm"];

    /// <inheritdoc/>
    public async IAsyncEnumerable<WalkStep> WalkAsync(Source source, SourceState state, [EnumeratorCancellation] CancellationToken cancel)
    {
        var path = source.Url.LocalPath;
        if (!TryList(path, source.Kind is SourceKind.Page ? PageEndings : Endings, out var files, out var fault))
        {
            yield return Failure(source, $"{path} {fault}", state.Cursor);
            yield break;
        }

        var marks = Kept(FolderCursor.Read(state.Cursor), files);
        var faults = new List<string>();
        var changed = 0;
        foreach (var file in files)
        {
            var (document, mark, trouble) = await ReadAsync(file, marks.GetValueOrDefault(file.Name), cancel);
            if (trouble is not null) faults.Add($"{file.FullName} {trouble}");
            if (mark is not null) marks[file.Name] = mark;
            if (document is null) continue;
            changed++;
            yield return new WalkStep(new FetchOutcome.Fetched(document, Validators.None, 200), FolderCursor.Write(marks));
        }

        // One bad file must not keep the others back: it is told of last, all bad ones in one sentence.
        if (faults.Count > 0) yield return Failure(source, string.Join("; ", faults), FolderCursor.Write(marks));
        else if (changed == 0) yield return new WalkStep(new FetchOutcome.NotModified(Validators.None), FolderCursor.Write(marks));
    }

    private static WalkStep Failure(Source source, string fault, string? cursor) => new(
        new FetchOutcome.Failed(
            null,
            $"Source '{source.Id}': {fault}. Check the url of source '{source.Id}' in feeds.config.json and the permissions of the file; " +
            "it is looked at again by itself."),
        cursor);

    private static bool TryList(string path, string[] endings, out FileInfo[] files, out string fault)
    {
        (files, fault) = ([], "is neither a folder nor a file");
        try
        {
            if (Directory.Exists(path)) files = [.. new DirectoryInfo(path).EnumerateFiles().Where(file => IsMeant(file, endings)).OrderBy(file => file.Name, StringComparer.Ordinal)];
            else if (File.Exists(path)) files = [new FileInfo(path)];
            else return false;
            return true;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = $"cannot be listed: {unreadable.Message.TrimEnd('.')}";
            return false;
        }
    }

    private static bool IsMeant(FileInfo file, string[] endings) =>
        !file.Name.StartsWith('.') && endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase);

    /// <summary>The marks of files that are still there: the memory must not grow with each file that ever was.</summary>
    private static SortedDictionary<string, FileMark> Kept(SortedDictionary<string, FileMark> marks, FileInfo[] files)
    {
        var names = files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        return new SortedDictionary<string, FileMark>(
            marks.Where(mark => names.Contains(mark.Key)).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private async Task<(FetchedDocument? Document, FileMark? Mark, string? Trouble)> ReadAsync(FileInfo file, FileMark? known, CancellationToken cancel)
    {
        try
        {
            var (length, written) = (file.Length, file.LastWriteTimeUtc);
            if (known is not null && known.Length == length && known.Written == written.Ticks) return (null, known, null);
            if (length > maxBytes) return (null, null, $"has {length} bytes, more than the {maxBytes} that a document may have");

            var bytes = await File.ReadAllBytesAsync(file.FullName, cancel);
            var settled = time.GetUtcNow() - new DateTimeOffset(written) > Fresh;
            var mark = new FileMark(bytes.Length, settled ? written.Ticks : null, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            return known?.Sha256 == mark.Sha256 ? (null, mark, null) : (new FetchedDocument(AddressOf(file), bytes, null), mark, null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, null, $"cannot be read: {unreadable.Message.TrimEnd('.')}");
        }
    }

    /// <summary>The file's URI (RFC 8089); each part is escaped by hand, because '#' and '%' are allowed in names.</summary>
    internal static Uri AddressOf(FileInfo file)
    {
        var parts = file.FullName.TrimStart(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        return new Uri("file:///" + string.Join('/', parts.Select(part => Uri.EscapeDataString(part).Replace("%3A", ":", StringComparison.Ordinal))));
    }
}
