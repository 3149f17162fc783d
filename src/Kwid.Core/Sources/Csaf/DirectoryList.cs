using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Reads changes.csv or index.txt of a directory (CSAF §7.1.12, §7.1.13), wherever it was found.</summary>
internal static class DirectoryList
{
    private const int LinesTold = 3;

    /// <summary>What it lists; null when it is a page or holds nothing that names a document.</summary>
    /// <param name="document">The file.</param>
    /// <param name="directory">The directory that it is about; ends with a slash.</param>
    /// <param name="hasDates">Whether it is changes.csv.</param>
    public static IndexContent? TryRead(FetchedDocument document, Uri directory, bool hasDates)
    {
        var (entries, unusable, seen, lines) = (new List<IndexEntry>(), new List<string>(), new HashSet<Uri>(), 0);
        foreach (var line in Encoding.UTF8.GetString(document.Body.Span).TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines++ == 0 && line.StartsWith('<')) return null;
            if (Read(document.Address, directory, line, hasDates) is not { } entry) unusable.Add(line.Length > 60 ? line[..60] + "…" : line);
            else if (seen.Add(entry.Address)) entries.Add(entry);
        }

        return entries.Count == 0 && lines > 0 ? null : new IndexContent(entries, [.. unusable.Take(LinesTold)]);
    }

    private static IndexEntry? Read(Uri file, Uri directory, string line, bool hasDates)
    {
        // A document whose date nobody can read is as good as one without.
        var comma = hasDates && line.LastIndexOf(',') is >= 0 and var last ? last : line.Length;
        var path = line[..comma].Trim().Trim('"');
        var updated = comma < line.Length ? IndexDates.Find(line[(comma + 1)..].Trim().Trim('"')) : null;
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return null;
        return Resolve(file, directory, path) is { } address ? new IndexEntry(address, updated) : null;
    }

    /// <summary>
    /// Paths are relative to the directory. Some providers repeat the directory's own last folders in them, as from a root above it (CISA); in a changes.csv that
    /// stands elsewhere, paths that begin with no year are relative to the file itself (Microsoft).
    /// </summary>
    private static Uri? Resolve(Uri file, Uri directory, string path)
    {
        var isElsewhere = new Uri(file, ".") != directory;
        var parts = path.TrimStart('/').Split('/');
        var folders = directory.AbsolutePath.Trim('/').Split('/');
        var repeated = Enumerable.Range(1, Math.Min(parts.Length - 1, folders.Length)).Reverse().FirstOrDefault(count => parts.Take(count).SequenceEqual(folders.TakeLast(count)));
        var start = repeated == 0 && isElsewhere && !IsYear(parts[0]) ? file : directory;
        var isAbsolute = path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return Uri.TryCreate(start, isAbsolute ? path : "./" + string.Join('/', parts.Skip(repeated)), out var address) && CsafAsker.IsUsable(directory, address) ? address : null;
    }

    private static bool IsYear(string part) => part.Length == 4 && part.All(char.IsAsciiDigit);
}
