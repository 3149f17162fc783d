using System.IO.Compression;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>A file of texts: revisions, each compressed and with a checksum. It only grows; what is kept no longer is left out of the next file.</summary>
internal sealed class ShelfTexts : IDisposable
{
    private readonly ShelfFile _file;

    public ShelfTexts(string folder, string name)
    {
        Name = name;
        _file = new ShelfFile(folder, name);
        _file.End = _file.Length;
    }

    /// <summary>Within the shelf's folder.</summary>
    public string Name { get; }

    /// <summary>Bytes on disk.</summary>
    public long Length => _file.Length;

    /// <summary>Where the next text goes; what lies behind is of an edition that was not written.</summary>
    public long End { get => _file.End; set => _file.End = value; }

    /// <summary>Writes texts behind <see cref="End"/>, which stays where it is until their edition is written, too.</summary>
    /// <returns>Their places, and where the next text would go.</returns>
    public (IReadOnlyList<TextPlace> Places, long End) Write(IReadOnlyList<Revision> texts)
    {
        var (places, end) = (new List<TextPlace>(texts.Count), End);
        foreach (var text in texts)
        {
            places.Add(Write(text.Key, Compress(text), end));
            end += places[^1].Length;
        }

        return (places, end);
    }

    /// <summary>Copies a text of another file to the end; a damaged one with the checksum that it should have.</summary>
    public TextPlace Append(ShelvedText text, Action<RevisionKey> damaged)
    {
        var bytes = text.File.FindBytes(text.Place);
        if (bytes is null) damaged(text.Place.Key);
        var place = Write(text.Place.Key, bytes ?? new byte[text.Place.Length], End);
        End += place.Length;
        return bytes is null ? place with { Sum = text.Place.Sum } : place;
    }

    /// <summary>The revision kept at a place.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public Revision Read(TextPlace place)
    {
        using var inflate = new DeflateStream(new MemoryStream(Bytes(place)), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Revision>(inflate, ModelJson.Options) ?? throw new InvalidDataException($"'{_file.Path}' holds nothing for it.");
    }

    /// <summary>Returns when the disk has it all.</summary>
    public void Force() => _file.Force();

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        End = 0;
        _file.Cut();
    }

    /// <summary>Deletes the file. Who is reading it reads on.</summary>
    public void Delete() => File.Delete(_file.Path);

    /// <summary>As <see cref="Delete"/>; where it can't be deleted, the next start does it.</summary>
    public void TryDelete()
    {
        try
        {
            Delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }

    /// <summary>Moves the file into a folder. Who is reading it reads on.</summary>
    public void SetAside(string folder)
    {
        if (File.Exists(_file.Path)) File.Move(_file.Path, Path.Combine(folder, Name));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private TextPlace Write(RevisionKey key, byte[] bytes, long offset)
    {
        _file.Write(bytes, offset);
        return new TextPlace(key, offset, bytes.Length) { Sum = Checksum.Of(bytes) };
    }

    private byte[] Bytes(TextPlace place)
    {
        var bytes = _file.Read(place.Offset, place.Length);
        return place.Sum is { } sum && sum != Checksum.Of(bytes) ? throw new InvalidDataException($"'{_file.Path}' is damaged at byte {place.Offset}.") : bytes;
    }

    private byte[]? FindBytes(TextPlace place)
    {
        try
        {
            return Bytes(place);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return null;
        }
    }

    private static byte[] Compress(Revision text)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(deflate, text, ModelJson.Options);
        return bytes.ToArray();
    }
}
