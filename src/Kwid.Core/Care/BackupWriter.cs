using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Kwid.Core.Storage;

namespace Kwid.Core.Care;

/// <summary>
/// Writes a backup: one file that belongs to no store, gzip (RFC 1952) around lines of JSON, so that <c>zcat</c> shows it: head, kept files, records, foot. It
/// comes under its name when the disk has all of it.
/// </summary>
public static class BackupWriter
{
    /// <summary>Of the file while it is written.</summary>
    public const string Unfinished = ".new";

    /// <summary>Writes it; only its owner may read it, since it holds what is not public.</summary>
    /// <param name="path">Where; what stands there is replaced at the end.</param>
    /// <param name="head">Its count of files is set here.</param>
    /// <param name="files">What to keep besides records.</param>
    /// <param name="records">All of a store.</param>
    /// <param name="cancel">Stops; then nothing is left of it.</param>
    /// <exception cref="IOException">It can't be written; what stood there before stands there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static async Task<BackupFoot> WriteAsync(string path, BackupHead head, IReadOnlyList<KeptFile> files, IAsyncEnumerable<StoreRecord> records, CancellationToken cancel)
    {
        var unfinished = path + Unfinished;
        File.Delete(unfinished);
        try
        {
            BackupFoot foot;
            await using (var file = new FileStream(unfinished, Private()))
            {
                await using (var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
                    foot = await WriteLinesAsync(packed, head with { Files = files.Count }, files, records, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
            return foot;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static async Task<BackupFoot> WriteLinesAsync(
        Stream packed, BackupHead head, IReadOnlyList<KeptFile> files, IAsyncEnumerable<StoreRecord> records, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await LineAsync(JsonSerializer.SerializeToUtf8Bytes(head, BackupJson.Default.BackupHead));
        foreach (var file in files) await LineAsync(JsonSerializer.SerializeToUtf8Bytes(file, BackupJson.Default.KeptFile));
        var tally = new Tally();
        var (edition, instant) = (0, (DateTimeOffset?)null);
        await foreach (var record in records.WithCancellation(cancel))
        {
            await LineAsync(tally.Add(record));
            if (record is StoredEdition { Edition: { } last } && last.Number > edition) (edition, instant) = (last.Number, last.Instant);
        }

        var foot = new BackupFoot(edition, instant, tally.Kinds, Convert.ToHexStringLower(hash.GetCurrentHash()));
        await LineAsync(JsonSerializer.SerializeToUtf8Bytes(foot, BackupJson.Default.BackupFoot));
        return foot;

        async Task LineAsync(ReadOnlyMemory<byte> line)
        {
            foreach (var part in (ReadOnlyMemory<byte>[])[line, "\n"u8.ToArray()])
            {
                hash.AppendData(part.Span);
                await packed.WriteAsync(part, cancel);
            }
        }
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
