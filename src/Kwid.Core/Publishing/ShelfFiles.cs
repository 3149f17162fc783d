using System.IO.Compression;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// The shelf on disk: <c>editions.jsonl</c>, a line an edition, and <c>texts.bin</c>, the revisions they show, each compressed. Both only grow. The
/// texts are written before the line that names them, so a torn end is one line at most; it is written over by what comes again from the store. Each
/// line and each text bears a checksum.
/// </summary>
internal sealed class ShelfFiles : IDisposable
{
    private readonly ShelfFile _editions;
    private readonly ShelfFile _texts;

    /// <summary>A folder that can't be written is read; one that can't be made is an empty one until it can.</summary>
    public ShelfFiles(string folder)
    {
        _editions = new ShelfFile(folder, "editions.jsonl");
        _texts = new ShelfFile(folder, "texts.bin");
    }

    /// <summary>Why not all could be loaded; null when all was, or only an end was torn.</summary>
    public string? LoadFault { get; private set; }

    /// <summary>Every edition in order, up to the first that is torn or damaged. Nothing is cut off before something is written.</summary>
    public IReadOnlyList<ShelvedEdition> Load()
    {
        var shelved = new List<ShelvedEdition>();
        var all = _editions.ReadAll();
        var good = 0;
        for (int end; (end = Array.IndexOf(all, (byte)'\n', good)) >= 0; good = end + 1)
        {
            if (ShelfLine.TryRead(all.AsSpan(good, end - good)) is { } edition && edition.Edition.Number == shelved.Count + 1 && edition.Texts.All(place => place.Offset + place.Length <= _texts.Length))
            {
                shelved.Add(edition);
                continue;
            }

            LoadFault = $"line {shelved.Count + 1} of '{_editions.Path}' is damaged";
            break;
        }

        _editions.End = good;
        _texts.End = _texts.Length;
        return shelved;
    }

    /// <summary>Writes the edition; after an exception the files count as before.</summary>
    public ShelvedEdition Append(Edition edition, IReadOnlyList<Revision> texts)
    {
        _editions.Cut();
        var places = new List<TextPlace>(texts.Count);
        var end = _texts.End;
        foreach (var text in texts)
        {
            var bytes = Compress(text);
            _texts.Write(bytes, end);
            places.Add(new TextPlace(text.Key, end, bytes.Length) { Sum = Checksum.Of(bytes) });
            end += bytes.Length;
        }

        var shelved = new ShelvedEdition(edition, places);
        var line = ShelfLine.Write(shelved);
        _editions.Write(line, _editions.End);
        _editions.End += line.Length;
        _texts.End = end;
        return shelved;
    }

    /// <summary>The revision kept at a place.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public Revision Read(TextPlace place)
    {
        var bytes = _texts.Read(place.Offset, place.Length);
        if (place.Sum is { } sum && sum != Checksum.Of(bytes)) throw new InvalidDataException($"'{_texts.Path}' is damaged at byte {place.Offset}.");
        using var inflate = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Revision>(inflate, ModelJson.Options) ?? throw new InvalidDataException($"'{_texts.Path}' holds nothing for it.");
    }

    /// <summary>Empties the shelf, to be filled again from the store.</summary>
    public void Clear()
    {
        _editions.End = _texts.End = 0;
        _editions.Cut();
        _texts.Cut();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _editions.Dispose();
        _texts.Dispose();
    }

    private static byte[] Compress(Revision text)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(deflate, text, ModelJson.Options);
        return bytes.ToArray();
    }
}
