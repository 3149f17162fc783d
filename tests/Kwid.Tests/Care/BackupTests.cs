using System.IO.Compression;
using System.Text;
using Kwid.Core.Care;
using Kwid.Core.Storage;
using Kwid.LiteDb;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Care;

/// <summary>A backup is whole and believed, or refused before anything is written.</summary>
public sealed class BackupTests : IDisposable
{
    private static readonly KeptFile Kept = new("last-good.config.json", "{ \"ä\": 1 }"u8.ToArray());
    private readonly string _folder = Directory.CreateTempSubdirectory("kwid-backup-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder, "b.gz");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_written_is_read_and_fills_a_store_that_is_the_same()
    {
        await using var shop = await Workshop.OpenAsync();
        var all = await Records.OfAsync(shop);
        var foot = await WriteAsync(all);
        var reader = new BackupReader(FilePath);

        var backup = await reader.VerifyAsync(Cancel);
        await using var store = await LiteDbStore.OpenAsync(Path.Combine(_folder, "other"), shop.Clock, Cancel);
        var copied = await StoreCopy.RunAsync(reader.RecordsAsync(backup, Cancel), store, Cancel);

        Assert.Equal((shop.Shelf.Last!.Value.Number, shop.Shelf.Last.Value.Instant), (backup.Foot.Edition, backup.Foot.EditionInstant!.Value));
        Assert.Equal(foot.Kinds, backup.Foot.Kinds);
        Assert.Equal(Kept.Bytes, Assert.Single(backup.Files).Bytes);
        Assert.All(copied, kind => Assert.True(kind.IsEqual, kind.ToString()));
        Assert.Equal(foot.Kinds.Select(kind => (kind.Count, kind.Hash)), copied.Select(kind => (kind.To, kind.ToHash)));
        Assert.Equal(["b.gz", "other"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task It_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        if (OperatingSystem.IsWindows()) return; // tells the compiler, which does not know of skipping

        await WriteAsync(new Records([]));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public async Task A_file_that_was_cut_off_anywhere_is_refused()
    {
        await using var shop = await Workshop.OpenAsync();
        await WriteAsync(await Records.OfAsync(shop));
        var whole = await File.ReadAllBytesAsync(FilePath, Cancel);

        for (var length = 0; length < whole.Length; length += 97)
        {
            await File.WriteAllBytesAsync(FilePath, whole[..length], Cancel);
            await Assert.ThrowsAsync<BackupException>(() => new BackupReader(FilePath).VerifyAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_file_of_which_one_byte_was_changed_is_refused_or_is_the_same_text()
    {
        await using var shop = await Workshop.OpenAsync();
        var foot = await WriteAsync(await Records.OfAsync(shop));
        var whole = await File.ReadAllBytesAsync(FilePath, Cancel);
        var refused = 0;

        for (var place = 0; place < whole.Length; place += 53)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 0x10;
            await File.WriteAllBytesAsync(FilePath, changed, Cancel);
            try
            {
                Assert.Equal(foot.Kinds, (await new BackupReader(FilePath).VerifyAsync(Cancel)).Foot.Kinds);
            }
            catch (BackupException)
            {
                refused++;
            }
        }

        Assert.True(refused > whole.Length / 53 / 2, $"{refused} of {whole.Length / 53} refused");
    }

    [Theory]
    [InlineData("\"title\":\"", "\"title\":\"X", "SHA-256")]
    [InlineData("\"number\":1", "\"number\":0", "SHA-256")]
    [InlineData("{\"is\":\"revision\"", "{\"is\":\"revelation\"", "can't be read")]
    [InlineData("{\"is\":\"source\"", "\n{\"is\":\"source\"", "can't be read")]
    [InlineData("kwid.test,2026", "kwid.text,2026", "SHA-256")]
    [InlineData("{\"kwidBackup\":1", "{\"kwidBackup\":2", "has format 2")]
    [InlineData("{\"kwidBackup\":1", "{\"backup\":1", "no backup of Kwid")]
    [InlineData("\"sha256\":\"", "\"sha256\":\"0", "SHA-256")]
    [InlineData("\"count\":1", "\"count\":9", "does not hold what its last line says")]
    [InlineData("{\"edition\":", "{\"is\":\"key\",\"key\":\"k\",\"advisory\":\"a\"}\n{\"edition\":", "SHA-256")]
    public async Task Text_that_is_not_what_was_written_is_refused_and_told(string before, string after, string told)
    {
        await using var shop = await Workshop.OpenAsync();
        await WriteAsync(await Records.OfAsync(shop));
        var text = Unpack();
        var place = text.IndexOf(before, StringComparison.Ordinal);
        Pack(text[..place] + after + text[(place + before.Length)..]);

        var refusal = await Assert.ThrowsAsync<BackupException>(() => new BackupReader(FilePath).VerifyAsync(Cancel));

        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(FilePath, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_behind_the_last_one_are_refused()
    {
        await WriteAsync(new Records([]));
        Pack(Unpack() + "{}\n");

        await Assert.ThrowsAsync<BackupException>(() => new BackupReader(FilePath).VerifyAsync(Cancel));
    }

    [Fact]
    public async Task A_backup_that_breaks_off_leaves_the_former_one_and_nothing_else()
    {
        await File.WriteAllTextAsync(FilePath, "former", Cancel);

        await Assert.ThrowsAsync<StoreException>(() => BackupWriter.WriteAsync(FilePath, Head, [], Broken(), Cancel));

        Assert.Equal("former", await File.ReadAllTextAsync(FilePath, Cancel));
        Assert.Equal([FilePath], Directory.EnumerateFileSystemEntries(_folder));
    }

    private static BackupHead Head => new(BackupHead.Current, "1.2.3", "kwid.test,2026", Make.Instant("2026-03-10T12:00Z"), 0);

    private Task<BackupFoot> WriteAsync(Records records) => BackupWriter.WriteAsync(FilePath, Head, [Kept], records.ReadAllAsync(Cancel), Cancel);

    private static async IAsyncEnumerable<StoreRecord> Broken()
    {
        await Task.CompletedTask;
        yield return new StoredKey("k", new Core.Model.AdvisoryId("a"));
        throw new StoreException("torn");
    }

    private string Unpack()
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(FilePath), CompressionMode.Decompress));
        return lines.ReadToEnd();
    }

    private void Pack(string text)
    {
        using var packed = new GZipStream(File.Create(FilePath), CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(text));
    }
}
