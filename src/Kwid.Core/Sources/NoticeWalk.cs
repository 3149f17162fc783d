using System.Globalization;
using System.Runtime.CompilerServices;
using Kwid.Core.Model;

namespace Kwid.Core.Sources;

/// <summary>
/// The walk of a folder of notices (*.md; no subfolders, no names that begin with a dot). They are few and small: all of them are read each time, so that what was published and is
/// gone is noticed. A folder that is not there has none.
/// </summary>
public sealed class NoticeWalk : IWalk
{
    private const string Pattern = "*.md";

    /// <inheritdoc/>
    public async IAsyncEnumerable<WalkStep> WalkAsync(Source source, SourceState state, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (documents, faults) = (new List<FetchedDocument>(), new List<string>());
        foreach (var file in FindFiles(source, faults))
            if (await FindAsync(file, faults, cancel) is { } document) documents.Add(document);
        yield return new WalkStep(new FetchOutcome.NotModified(Validators.None), null) { Documents = documents };
        if (faults.Count > 0)
            yield return new WalkStep(new FetchOutcome.Failed(null, $"Source '{source.Id}': {string.Join("; ", faults)}. Check the url of source '{source.Id}' in feeds.config.json and the permissions; it is looked at again by itself."), null);
    }

    /// <summary>What the folder looks like, without reading a file: another text when a name, length or date changed, or it can't be listed.</summary>
    public static string Look(Source source)
    {
        var faults = new List<string>();
        return string.Join('\n', FindFiles(source, faults).Select(Look).Concat(faults));
    }

    private static string Look(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.Name}/{file.Length}/{file.LastWriteTimeUtc.Ticks}");

    private static FileInfo[] FindFiles(Source source, List<string> faults)
    {
        var folder = new DirectoryInfo(source.Url.LocalPath);
        try
        {
            if (File.Exists(folder.FullName)) faults.Add($"{folder.FullName} is a file, no folder");
            return folder.Exists ? [.. folder.EnumerateFiles(Pattern).Where(file => !file.Name.StartsWith('.')).OrderBy(file => file.Name, StringComparer.Ordinal)] : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{folder.FullName} cannot be listed: {unreadable.Message.TrimEnd('.')}");
            return [];
        }
    }

    private static async Task<FetchedDocument?> FindAsync(FileInfo file, List<string> faults, CancellationToken cancel)
    {
        try
        {
            if (file.Length <= RawNotice.MaxBytes) return new FetchedDocument(FolderWalk.AddressOf(file), await File.ReadAllBytesAsync(file.FullName, cancel), null);
            faults.Add($"{file.FullName} has {file.Length} bytes, more than the {RawNotice.MaxBytes} that a notice may have");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file.FullName} cannot be read: {unreadable.Message.TrimEnd('.')}");
        }

        return null;
    }
}
