using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Core.Files;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Core.Storage;

namespace Kwid.Service;

/// <summary>
/// What was decided: in the store, which numbers it, and from there as JSON lines in <c>DATA/audit.jsonl</c>, which only grows. Events wait here until the store takes them; the file
/// follows the store, so that a killed process leaves out nothing.
/// </summary>
internal sealed class AuditLog(string data, TimeProvider clock) : IDisposable
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private const string Takes = " takes its text out of ";

    private readonly ConcurrentQueue<AuditEvent> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);
    private long? _written;

    /// <summary>Where the lines stand.</summary>
    public string Path { get; } = System.IO.Path.Combine(data, "audit.jsonl");

    /// <summary>Why the file could not be written; null when it was. The store has the events all the same.</summary>
    public string? Fault { get; private set; }

    /// <summary>Something was decided now.</summary>
    /// <param name="what">The kind of decision.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="detail">In words; no secret, no person.</param>
    public void Note(string what, string subject, string? detail = null) => _waiting.Enqueue(new AuditEvent(clock.GetUtcNow(), what, subject, detail));

    /// <summary>Notices, and labels that now forbid what was published.</summary>
    /// <param name="edition">Just published.</param>
    /// <param name="find">The texts that it shows.</param>
    public void Note(Edition edition, Func<RevisionKey, Revision?> find)
    {
        foreach (var notice in edition.Publications.Where(row => row.Revision.Advisory.IsNotice && row.Kind is not PublicationKind.Withdrawal).GroupBy(row => row.Revision))
            if (Decision([.. notice], find(notice.Key)) is { } what) Note(what, notice.Key.Advisory.ToString(), $"edition {edition.Number}, revision {notice.Key.Number}");
        foreach (var one in Tightened(edition)) _waiting.Enqueue(one);
    }

    /// <summary>Notes of editions what a killed process did not get written.</summary>
    /// <param name="editions">Those that may be concerned.</param>
    /// <param name="store">Says what is written.</param>
    /// <param name="cancel">Stops reading.</param>
    public async Task CatchUpAsync(IEnumerable<Edition> editions, IAccessStore store, CancellationToken cancel)
    {
        var missing = editions.SelectMany(Tightened).ToList();
        if (missing.Count == 0) return;
        await foreach (var one in store.ReadAuditAsync(0, cancel)) missing.RemoveAll(each => (each.What, each.Subject, Head(each)) == (one.What, one.Subject, Head(one)));
        foreach (var one in missing) _waiting.Enqueue(one);
    }

    private static string? Decision(IReadOnlyList<Publication> rows, Revision? text)
    {
        if (rows.Any(row => row.TakesBack)) return "notice-withdrawn";
        if (rows.Any(row => row.Rule is not null)) return "notice-corrected";
        if (rows.Any(row => row.Kind is PublicationKind.Entry)) return "notice-published";
        return text is not null && text.Changes.Any(change => change.Rule == "expired") ? "notice-expired" : "notice-changed";
    }

    /// <summary>Writes what waits, and the lines that the file does not have yet.</summary>
    /// <exception cref="StoreException">The store does not take it; it waits on.</exception>
    public async Task FlushAsync(IAccessStore store, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            List<AuditEvent> events = [.. _waiting];
            if (events.Count > 0) await store.SaveAccessAsync([], events, cancel);
            for (var i = 0; i < events.Count; i++) _waiting.TryDequeue(out _);
            await AppendAsync(store, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Names the edition; what it was taken out of is less once retention ran.</summary>
    private static string? Head(AuditEvent tightened) => tightened.Detail?.Split(Takes)[0];

    private IEnumerable<AuditEvent> Tightened(Edition edition) =>
        from row in edition.Publications
        where row is { Kind: PublicationKind.Withdrawal, Reason: Publication.Tightened, IsForgotten: false }
        group row.Class by row.Revision.Advisory into advisory
        select new AuditEvent(clock.GetUtcNow(), "label-tightened", advisory.Key.ToString(), $"edition {edition.Number}{Takes}{string.Join(", ", advisory.Distinct().Order(StringComparer.Ordinal))}");

    private async Task AppendAsync(IAccessStore store, CancellationToken cancel)
    {
        try
        {
            _written ??= await FindWrittenAsync(store, cancel);
            await using var file = new StreamWriter(PrivateFiles.Create(Path), append: true);
            await foreach (var one in store.ReadAuditAsync(_written.Value, cancel))
            {
                await file.WriteLineAsync(JsonSerializer.Serialize(one, Lines).AsMemory(), cancel);
                await file.FlushAsync(cancel);
                _written = one.Number;
            }

            Fault = null;
        }
        catch (Exception fault) when (fault is not (StoreException or OperationCanceledException or OutOfMemoryException))
        {
            // Not only an IOException: of a file that may not grow .NET says that an argument is out of range.
            Fault = fault.Message;
            _written = null;
        }
    }

    /// <summary>Number of the newest line. A file whose newest line is not the store's belongs to what was there before a restore: it is kept under another name.</summary>
    private async Task<long> FindWrittenAsync(IAccessStore store, CancellationToken cancel)
    {
        if (LastWritten() is not { } written) return 0;
        await foreach (var one in store.ReadAuditAsync(written.Number - 1, cancel))
        {
            if (one == written) return written.Number;
            break;
        }

        File.Move(Path, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}.before-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}"), overwrite: true);
        return 0;
    }

    /// <summary>Of the file's last whole line; a torn end is cut off, and comes again from the store.</summary>
    private AuditEvent? LastWritten()
    {
        if (!File.Exists(Path)) return null;
        using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var all = new byte[file.Length];
        file.ReadExactly(all);
        for (var end = Array.LastIndexOf(all, (byte)'\n'); end >= 0; end = Array.LastIndexOf(all, (byte)'\n', Math.Max(0, end - 1)))
        {
            var start = end == 0 ? 0 : Array.LastIndexOf(all, (byte)'\n', end - 1) + 1;
            if (Parse(all.AsSpan(start, end - start)) is { } written)
            {
                if (end + 1 < file.Length) file.SetLength(end + 1);
                return written;
            }

            if (start == 0) break;
        }

        file.SetLength(0);
        return null;
    }

    private static AuditEvent? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEvent>(line, Lines);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
