using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kwid.Core.Storage;

namespace Kwid.Core.Care;

/// <summary>Reads a backup. Nothing of it may be used before <see cref="VerifyAsync"/> has seen all of it.</summary>
/// <param name="path">The file.</param>
public sealed class BackupReader(string path)
{
    /// <summary>Reads all of it, and tells whether it is whole and as it was written.</summary>
    /// <exception cref="BackupException">It is no backup, of a newer Kwid, torn or changed.</exception>
    public async Task<Backup> VerifyAsync(CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (number, tally, files) = (0, new Tally(), new List<KeptFile>());
        BackupHead? head = null;
        BackupFoot? foot = null;
        await foreach (var line in LinesAsync(cancel))
        {
            if (foot is not null) throw Damaged($"line {number + 1} follows the last line", null);
            number++;
            if (head is null) head = Head(line);
            else if (files.Count < head.Files) files.Add(Parse(line, BackupJson.Default.KeptFile, number));
            else if (IsFoot(line)) foot = Parse(line, BackupJson.Default.BackupFoot, number);
            else tally.Add(Parse(line, PackedJson.Types.StoreRecord, number), line);
            if (foot is not null) continue;
            hash.AppendData(line);
            hash.AppendData("\n"u8);
        }

        if (head is null || foot is null) throw Damaged(number == 0 ? "it is empty" : $"it ends after line {number}, before its last line", null);
        if (foot.Sha256 != Convert.ToHexStringLower(hash.GetCurrentHash())) throw Damaged("its text is not what was written (SHA-256)", null);
        if (!foot.Kinds.SequenceEqual(tally.Kinds)) throw Damaged($"it does not hold what its last line says ({Difference(foot.Kinds, tally.Kinds)})", null);
        return new Backup(head, foot, files);
    }

    /// <summary>Its records, in the order in which a store told them. Only of a backup that was verified.</summary>
    /// <exception cref="BackupException">It was changed meanwhile.</exception>
    public async IAsyncEnumerable<StoreRecord> RecordsAsync(Backup verified, [EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 0;
        await foreach (var line in LinesAsync(cancel))
        {
            if (++number <= 1 + verified.Head.Files) continue;
            if (IsFoot(line)) yield break;
            yield return Parse(line, PackedJson.Types.StoreRecord, number);
        }

        throw Damaged("it ends before its last line", null);
    }

    private async IAsyncEnumerable<byte[]> LinesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        if (file.ReadByte() != 0x1F || file.ReadByte() != 0x8B) throw NoBackup();
        file.Position = 0;
        await using var lines = new GZipStream(file, CompressionMode.Decompress);
        var reader = new LineReader(lines);
        while (await NextAsync(reader, cancel) is { } line) yield return line;
    }

    private async Task<byte[]?> NextAsync(LineReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.NextAsync(cancel);
        }
        catch (Exception torn) when (torn is InvalidDataException or EndOfStreamException)
        {
            throw Damaged($"it can't be unpacked: {torn.Message.TrimEnd('.')}", torn);
        }
    }

    private BackupHead Head(byte[] line)
    {
        var head = TryParse(line, BackupJson.Default.BackupHead);
        if (head is not { KwidBackup: > 0, Authority: not null }) throw NoBackup();
        if (head.KwidBackup > BackupHead.Current)
            throw new BackupException($"Backup '{path}' has format {head.KwidBackup}, but this program knows {BackupHead.Current} at most: Kwid {head.Program} has written it. Restore it with that version or a later one.");
        return head;
    }

    /// <summary>Records begin with <c>is</c>, the foot does not.</summary>
    private static bool IsFoot(byte[] line) => line.AsSpan().StartsWith("{\"edition\":"u8);

    private T Parse<T>(byte[] line, JsonTypeInfo<T> type, int number) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw Damaged($"line {number} is null", null);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or ArgumentException or FormatException)
        {
            throw Damaged($"line {number} can't be read: {fault.Message.TrimEnd('.')}", fault);
        }
    }

    private static T? TryParse<T>(byte[] line, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private BackupException NoBackup() => new($"'{path}' is no backup of Kwid: it does not begin like one. Name a file that 'kwid backup' has written.");

    private BackupException Damaged(string found, Exception? inner) =>
        new($"Backup '{path}' is damaged: {found}. Nothing was restored; take another backup, or another copy of this one.", inner);

    private static string Difference(IReadOnlyList<KindTally> said, IReadOnlyList<KindTally> found) =>
        string.Join(", ", said.Zip(found).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First.Kind}: {pair.First.Count} said, {pair.Second.Count} found"));
}
