using System.Globalization;
using System.Text;
using System.Text.Json;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// The shelf on disk: <c>editions.jsonl</c>, a line an edition, and a file of the texts they show, <c>texts.bin</c> at first. Both only grow, until retention writes
/// both anew. Texts are written before the line that names them, so a torn end is one line at most; it is cut off at the next start and comes again from the store.
/// </summary>
internal sealed class ShelfFiles : IDisposable
{
    private const string First = "texts.bin";
    private const string Unfinished = ".new";

    private readonly string _folder;
    private readonly string _editions;
    private ShelfTexts _texts;

    public ShelfFiles(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        _editions = Path.Combine(folder, "editions.jsonl");
        _texts = new ShelfTexts(folder, FindTexts() ?? First);
    }

    /// <summary>Every whole edition in order; what is torn or does not fit is cut off.</summary>
    public IReadOnlyList<ShelvedEdition> Load()
    {
        Sweep();
        var shelved = new List<ShelvedEdition>();
        using var file = new FileStream(_editions, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        long good = 0;
        foreach (var line in Lines(file))
        {
            if (Parse(line) is not { } edition || edition.Edition.Number != shelved.Count + 1 || edition.Texts.Any(place => place.Offset + place.Length > _texts.Length)) break;
            shelved.Add(edition);
            good += line.Length + 1;
        }

        if (good < file.Length) file.SetLength(good);
        return shelved;
    }

    /// <summary>Where a text of the present files stands.</summary>
    public ShelvedText At(TextPlace place) => new(_texts, place);

    /// <summary>Writes the edition; after an <see cref="IOException"/> the files are as before.</summary>
    /// <returns>Where its texts stand.</returns>
    public IReadOnlyList<TextPlace> Append(Edition edition, IReadOnlyList<Revision> texts)
    {
        var places = _texts.Append(texts);
        AppendLine(Line(edition, places, _texts));
        return places;
    }

    /// <summary>Writes both files anew, with these editions and texts alone. A crash leaves the old ones or the new ones: which texts belong to the editions say the editions themselves.</summary>
    /// <exception cref="IOException">The disk takes no second copy; the files are as before.</exception>
    public IReadOnlyList<ShelvedText> Replace(IReadOnlyList<Edition> editions, IEnumerable<ShelvedText> texts)
    {
        var fresh = new ShelfTexts(_folder, NextName());
        try
        {
            fresh.Clear();
            IReadOnlyList<TextPlace> places = [.. texts.Select(fresh.Append)];
            fresh.Force();
            using (var file = new FileStream(_editions + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                foreach (var edition in editions)
                {
                    file.Write(Line(edition, edition.Number == 1 ? places : [], fresh));
                    file.WriteByte((byte)'\n');
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(_editions + Unfinished, _editions, overwrite: true);
            _texts.Delete();
            // Not closed here: somebody may be reading.
            _texts = fresh;
            return [.. places.Select(At)];
        }
        catch when (_texts != fresh)
        {
            fresh.Dispose();
            fresh.Delete();
            throw;
        }
    }

    /// <summary>Empties the shelf, to be filled again from the store.</summary>
    public void Clear()
    {
        File.Delete(_editions);
        _texts.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _texts.Dispose();

    private static byte[] Line(Edition edition, IReadOnlyList<TextPlace> places, ShelfTexts texts) => JsonSerializer.SerializeToUtf8Bytes(
        new ShelvedEdition(edition, places) { File = edition.Number == 1 && texts.Name != First ? texts.Name : null }, ModelJson.Options);

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

    /// <summary>The file that the first edition names.</summary>
    private string? FindTexts()
    {
        var first = File.Exists(_editions) ? File.ReadLines(_editions).FirstOrDefault() : null;
        return first is not null && Parse(Encoding.UTF8.GetBytes(first))?.File is { } name && name == Path.GetFileName(name) ? name : null;
    }

    /// <summary>texts-1.bin, texts-2.bin, …</summary>
    private string NextName()
    {
        var number = _texts.Name.Split('-', '.') is [_, var digits, _] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        return string.Create(CultureInfo.InvariantCulture, $"texts-{number + 1}.bin");
    }

    /// <summary>Deletes what an interrupted process left behind.</summary>
    private void Sweep()
    {
        File.Delete(_editions + Unfinished);
        foreach (var file in Directory.EnumerateFiles(_folder, "texts*.bin").Where(file => Path.GetFileName(file) != _texts.Name)) File.Delete(file);
    }

    private static ShelvedEdition? Parse(byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize<ShelvedEdition>(line, ModelJson.Options);
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
}
