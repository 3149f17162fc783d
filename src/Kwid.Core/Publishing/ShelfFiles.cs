using System.IO.Compression;
using System.Text.Json;
using Kwid.Core.Model;
using Microsoft.Win32.SafeHandles;

namespace Kwid.Core.Publishing;

/// <summary>
/// The shelf on disk: <c>editions.jsonl</c>, a line an edition, and <c>texts.bin</c>, the revisions they show, each compressed. Both only grow. The
/// texts are written before the line that names them, so a torn end is one line at most; it is cut off at the next start and comes again from the store.
/// </summary>
internal sealed class ShelfFiles : IDisposable
{
    private readonly string _editions;
    private readonly string _textsPath;
    private readonly SafeFileHandle _texts;

    public ShelfFiles(string folder)
    {
        Directory.CreateDirectory(folder);
        _editions = Path.Combine(folder, "editions.jsonl");
        _textsPath = Path.Combine(folder, "texts.bin");
        // A bare handle: readers and the writer share no buffer and no position.
        _texts = File.OpenHandle(_textsPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    }

    /// <summary>Every whole edition in order; what is torn or does not fit is cut off.</summary>
    public IReadOnlyList<ShelvedEdition> Load()
    {
        var shelved = new List<ShelvedEdition>();
        using var file = new FileStream(_editions, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        long good = 0;
        foreach (var line in Lines(file))
        {
            if (Parse(line) is not { } edition || edition.Edition.Number != shelved.Count + 1) break;
            shelved.Add(edition);
            good += line.Length + 1;
        }

        if (good < file.Length) file.SetLength(good);
        return shelved;
    }

    /// <summary>Writes the edition; after an <see cref="IOException"/> the files are as before.</summary>
    public ShelvedEdition Append(Edition edition, IReadOnlyList<Revision> texts)
    {
        var places = new List<TextPlace>(texts.Count);
        var end = RandomAccess.GetLength(_texts);
        foreach (var text in texts)
        {
            var bytes = Compress(text);
            RandomAccess.Write(_texts, bytes, end);
            places.Add(new TextPlace(text.Key, end, bytes.Length));
            end += bytes.Length;
        }

        var shelved = new ShelvedEdition(edition, places);
        AppendLine(JsonSerializer.SerializeToUtf8Bytes(shelved, ModelJson.Options));
        return shelved;
    }

    /// <summary>The revision kept at a place.</summary>
    /// <exception cref="InvalidDataException">The file was changed from outside.</exception>
    public Revision Read(TextPlace place)
    {
        var bytes = new byte[place.Length];
        var read = RandomAccess.Read(_texts, bytes, place.Offset);
        if (read < bytes.Length) throw new InvalidDataException($"'{_textsPath}' ends before it.");
        using var inflate = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Revision>(inflate, ModelJson.Options) ?? throw new InvalidDataException($"'{_textsPath}' holds nothing for it.");
    }

    /// <summary>Empties the shelf, to be filled again from the store.</summary>
    public void Clear()
    {
        File.Delete(_editions);
        RandomAccess.SetLength(_texts, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _texts.Dispose();

    private void AppendLine(byte[] line)
    {
        using var file = new FileStream(_editions, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        var before = file.Length;
        try
        {
            file.Position = before;
            file.Write(line);
            file.WriteByte((byte)'\n');
            file.Flush();
        }
        catch (IOException)
        {
            file.SetLength(before);
            throw;
        }
    }

    private ShelvedEdition? Parse(byte[] line)
    {
        try
        {
            var edition = JsonSerializer.Deserialize<ShelvedEdition>(line, ModelJson.Options);
            return edition is not null && edition.Texts.All(place => place.Offset + place.Length <= RandomAccess.GetLength(_texts)) ? edition : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whole lines without their end; a last line without an end is torn and left out.</summary>
    private static IEnumerable<byte[]> Lines(FileStream file)
    {
        var all = new byte[file.Length];
        file.ReadExactly(all);
        for (int start = 0, end; (end = Array.IndexOf(all, (byte)'\n', start)) >= 0; start = end + 1) yield return all[start..end];
    }

    private static byte[] Compress(Revision text)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(deflate, text, ModelJson.Options);
        return bytes.ToArray();
    }
}
