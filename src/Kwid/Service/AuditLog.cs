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
        foreach (var advisory in edition.Publications.Where(row => row is { Kind: PublicationKind.Withdrawal, Reason: Publication.Tightened }).GroupBy(row => row.Revision.Advisory))
            Note("label-tightened", advisory.Key.ToString(), $"edition {edition.Number} takes its text out of {string.Join(", ", advisory.Select(row => row.Class).Order(StringComparer.Ordinal))}");
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
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault = fault.Message;
            _written = null;
        }
    }

    /// <summary>Number of the newest line. A file that is ahead of the store belongs to what was there before a restore: it is kept under another name.</summary>
    private async Task<long> FindWrittenAsync(IAccessStore store, CancellationToken cancel)
    {
        var written = LastNumber();
        if (written == 0) return 0;
        await foreach (var _ in store.ReadAuditAsync(written - 1, cancel)) return written;
        File.Move(Path, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}.before-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}"), overwrite: true);
        return 0;
    }

    /// <summary>Of the file's last whole line; a torn end is cut off, and comes again from the store.</summary>
    private long LastNumber()
    {
        if (!File.Exists(Path)) return 0;
        using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var all = new byte[file.Length];
        file.ReadExactly(all);
        for (var end = Array.LastIndexOf(all, (byte)'\n'); end >= 0; end = Array.LastIndexOf(all, (byte)'\n', Math.Max(0, end - 1)))
        {
            var start = end == 0 ? 0 : Array.LastIndexOf(all, (byte)'\n', end - 1) + 1;
            if (Parse(all.AsSpan(start, end - start)) is { } number)
            {
                if (end + 1 < file.Length) file.SetLength(end + 1);
                return number;
            }

            if (start == 0) break;
        }

        file.SetLength(0);
        return 0;
    }

    private static long? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEvent>(line, Lines)?.Number;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
