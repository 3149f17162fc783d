using System.IO.Compression;
using System.Text.Json;
using Kwid.Core.Model;
using Microsoft.Win32.SafeHandles;

namespace Kwid.Core.Publishing;

/// <summary>A file of texts: revisions, each compressed. It only grows; what is kept no longer is left out of the next file.</summary>
internal sealed class ShelfTexts : IDisposable
{
    private readonly string _path;

    // A bare handle: readers and the writer share no buffer and no position.
    private readonly SafeFileHandle _file;

    public ShelfTexts(string folder, string name)
    {
        (_path, Name) = (Path.Combine(folder, name), name);
        _file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
    }

    /// <summary>Within the shelf's folder.</summary>
    public string Name { get; }

    /// <summary>In bytes.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Writes texts at the end.</summary>
    public IReadOnlyList<TextPlace> Append(IReadOnlyList<Revision> texts)
    {
        var places = new List<TextPlace>(texts.Count);
        foreach (var text in texts) places.Add(Append(text.Key, Compress(text)));
        return places;
    }

    /// <summary>Writes a text that stands in another file at the end.</summary>
    public TextPlace Append(ShelvedText text) => Append(text.Place.Key, text.File.Bytes(text.Place));

    /// <summary>The revision kept at a place.</summary>
    /// <exception cref="InvalidDataException">The file was changed from outside.</exception>
    public Revision Read(TextPlace place)
    {
        using var inflate = new DeflateStream(new MemoryStream(Bytes(place)), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Revision>(inflate, ModelJson.Options) ?? throw new InvalidDataException($"'{_path}' holds nothing for it.");
    }

    /// <summary>Returns when the disk has it all.</summary>
    public void Force() => RandomAccess.FlushToDisk(_file);

    /// <summary>Empties it.</summary>
    public void Clear() => RandomAccess.SetLength(_file, 0);

    /// <summary>Deletes the file. Who is reading it reads on.</summary>
    public void Delete() => File.Delete(_path);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private TextPlace Append(RevisionKey key, byte[] bytes)
    {
        var end = Length;
        RandomAccess.Write(_file, bytes, end);
        return new TextPlace(key, end, bytes.Length);
    }

    private byte[] Bytes(TextPlace place)
    {
        var bytes = new byte[place.Length];
        var read = RandomAccess.Read(_file, bytes, place.Offset);
        return read == bytes.Length ? bytes : throw new InvalidDataException($"'{_path}' ends before it.");
    }

    private static byte[] Compress(Revision text)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(deflate, text, ModelJson.Options);
        return bytes.ToArray();
    }
}
