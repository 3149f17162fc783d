using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>
/// The last changed body of each source, compressed below <c>DATA/raw</c>, so that a mended parser can read it again: of a folder the last of each
/// document. One that could not be read stands beside the last that could, until one can be read again. No fault of the disk ever reaches a poll.
/// </summary>
/// <param name="folder">Is made with the first body, for its owner alone. Whoever uses it holds <see cref="DataLock"/>.</param>
/// <param name="time">Says how old a body is.</param>
public sealed class RawArchive(string folder, TimeProvider time)
{
    /// <summary>How long a body is kept after it came last.</summary>
    public static readonly TimeSpan Keeping = TimeSpan.FromDays(30);

    /// <summary>Most documents kept of one folder source.</summary>
    public const int MostDocuments = 50;

    private const string Ending = ".raw";
    private const string Unread = ".unread" + Ending;
    private const string Unfinished = ".new";
    private static readonly TimeSpan SweepPause = TimeSpan.FromHours(1);
    private long _swept;

    /// <summary>Why a body could not be kept or found, for the operator; null again when the next one could be kept.</summary>
    public string? Fault { get; private set; }

    /// <summary>Keeps a body; call it after its entries are committed, one call at a time for each source.</summary>
    /// <param name="source">Whose body it is.</param>
    /// <param name="document">As it may be shown: of a secret address the host alone.</param>
    /// <param name="entries">What was read of it; null when it could not be read.</param>
    public void Keep(Source source, FetchedDocument document, IReadOnlyList<Entry>? entries)
    {
        var told = TellingOf(entries);
        var kept = Try(() =>
        {
            var name = NameOf(source, document);
            var path = Path.Combine(folder, name + (told is null ? Unread : Ending));
            var header = RawFile.FindHeader(path);
            var same = header?.Sha256 == RawFile.Hash(document.Body.Span);
            if (same && document.Details is null && header!.Told == RawFile.HashOf(told)) File.SetLastWriteTimeUtc(path, Now);
            else Write(path, Merge(same ? RawFile.TryRead(path) : null, new KeptBody(time.GetUtcNow(), document, told)), Now);
            if (told is not null) File.Delete(Path.Combine(folder, name + Unread));
            if (source.HasManyDocuments) foreach (var old in FilesOf(source.Id).OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostDocuments)) old.Delete();
            if (Math.Abs(Now.Ticks - Interlocked.Read(ref _swept)) > SweepPause.Ticks) Sweep();
        });
        if (kept) Fault = null;
    }

    /// <summary>Keeps bodies as they read today; when they came stays as it was. Of each document the newest one counts: an older one must not take its place.</summary>
    /// <param name="source">Whose bodies they are.</param>
    /// <param name="bodies">From <see cref="Find"/>, newest first, those that can be read today, each with what was read of it.</param>
    public void KeepAgain(Source source, IReadOnlyList<(KeptBody Body, IReadOnlyList<Entry> Entries)> bodies) => Try(() =>
    {
        foreach (var (body, entries) in bodies.DistinctBy(each => NameOf(source, each.Body.Document)))
        {
            var name = NameOf(source, body.Document);
            Write(Path.Combine(folder, name + Ending), body with { Told = TellingOf(entries) }, body.LastSeen.UtcDateTime);
            // A newer one beside it that can't be read even today goes on waiting.
            var unread = Path.Combine(folder, name + Unread);
            if (RawFile.FindHeader(unread)?.Seen <= body.Seen) File.Delete(unread);
        }
    });

    /// <summary>The bodies that are kept of a source, or of the ids it had before, newest first; a damaged one is left out and told of in <see cref="Fault"/>.</summary>
    public IReadOnlyList<KeptBody> Find(Source source)
    {
        var found = new List<KeptBody>();
        Try(() =>
        {
            var ids = source.FormerIds.Prepend(source.Id);
            var files = ids.Select(id => FilesOf(id).Where(file => !IsOld(file)).ToList()).FirstOrDefault(files => files.Count > 0) ?? [];
            foreach (var file in files)
            {
                if (RawFile.TryRead(file.FullName) is { } body) found.Add(body with { LastSeen = new DateTimeOffset(file.LastWriteTimeUtc) });
                else Fault = $"'{file.FullName}' is damaged; delete it.";
            }
        });
        return [.. found.OrderByDescending(body => body.Seen)];
    }

    /// <summary>Removes what is too old, and what an interrupted process left behind. By itself it happens while bodies are kept.</summary>
    public void Clean() => Try(() =>
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + Ending + Unfinished)) file.Delete();
        Sweep();
    });

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private void Sweep()
    {
        Interlocked.Exchange(ref _swept, Now.Ticks);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + Ending).Where(IsOld)) file.Delete();
    }

    private bool IsOld(FileInfo file) => Now - file.LastWriteTimeUtc > Keeping;

    /// <summary>No source's id contains a dot.</summary>
    private IEnumerable<FileInfo> FilesOf(SourceId id) => Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles($"{id}.*").Where(file => file.Name.EndsWith(Ending, StringComparison.Ordinal)) : [];

    /// <summary>Of a list that is the same as before, the own pages that were read before stay readable.</summary>
    private static KeptBody Merge(KeptBody? before, KeptBody now)
    {
        if (before is null) return now;
        if (now.Document.Details is not { } details || before.Document.Details is not { } known) return now with { Seen = before.Seen };
        var texts = known.Texts.Concat(details.Texts).GroupBy(text => text.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        var told = now.Told is null ? before.Told : (before.Told ?? []).Concat(now.Told).DistinctBy(item => item.Guid).ToList();
        return new KeptBody(now.Seen, now.Document with { Details = details with { Texts = texts } }, told);
    }

    private void Write(string path, KeptBody body, DateTime lastSeen)
    {
        CreateFolder();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var file = new FileStream(path + Unfinished, options)) RawFile.Write(file, body);
            File.SetLastWriteTimeUtc(path + Unfinished, lastSeen);
            File.Move(path + Unfinished, path, overwrite: true);
        }
        catch
        {
            // Half a file is of no use to anybody, and takes the room that is missing.
            File.Delete(path + Unfinished);
            throw;
        }
    }

    private void CreateFolder()
    {
        // Inside a data folder that is gone nothing is made: whoever moved it away will want to put it back.
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(folder)))) throw new DirectoryNotFoundException($"There is no folder '{Path.GetDirectoryName(folder)}'.");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last of them is what .NET says of a file that may not grow.
            Fault = fault.Message;
            return false;
        }
    }

    private static List<KeptItem>? TellingOf(IReadOnlyList<Entry>? entries) => entries?.Select(entry => new KeptItem(entry.Guid, entry.Title)).ToList();

    private static string NameOf(Source source, FetchedDocument document) => source.HasManyDocuments ? $"{source.Id}.{Mark(document.Address)}" : source.Id.ToString();

    private static string Mark(Uri address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)).AsSpan(0, 8));
}
