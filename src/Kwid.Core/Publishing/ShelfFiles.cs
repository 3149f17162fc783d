using System.Globalization;
using System.Text;
using Kwid.Core.Files;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>
/// The shelf on disk: <c>editions.jsonl</c>, a line an edition, and a file of the texts they show, <c>texts.bin</c> at first. Both only grow, until retention writes
/// both anew. Texts are written before the line that names them, so a torn end is one line at most; it is written over by what comes again from the store. Each line
/// and each text bears a checksum.
/// </summary>
internal sealed class ShelfFiles : IDisposable
{
    private const string Editions = "editions.jsonl";
    private const string First = "texts.bin";
    private const string Unfinished = ".new";
    private const string Aside = ".aside";

    private readonly string _folder;
    private readonly ShelfFile _editions;
    private ShelfTexts _texts;

    /// <summary>A folder that can't be written is read; one that can't be made is an empty one until it can.</summary>
    public ShelfFiles(string folder)
    {
        _folder = folder;
        _editions = new ShelfFile(folder, Editions);
        var first = FirstLine() is { } line ? ShelfLine.TryRead(Encoding.UTF8.GetBytes(line)) : null;
        _texts = new ShelfTexts(folder, first?.File is { } name && name == Path.GetFileName(name) ? name : First);
        // A first line that can't be read does not say which texts are its own.
        if (first is not null || _editions.Length == 0) Sweep();
    }

    /// <summary>Why not all could be loaded; null when all was, or only an end was torn.</summary>
    public string? LoadFault { get; private set; }

    /// <summary>Every edition in order, up to the first that is torn or damaged. Nothing is cut off before something is written.</summary>
    public IReadOnlyList<ShelvedEdition> Load()
    {
        var shelved = new List<ShelvedEdition>();
        var good = 0L;
        foreach (var line in _editions.Lines())
        {
            if (ShelfLine.TryRead(line.Span) is { } edition && edition.Edition.Number == shelved.Count + 1 && edition.Texts.All(place => place.Offset + place.Length <= _texts.Length))
            {
                shelved.Add(edition);
                good += line.Length + 1;
                continue;
            }

            LoadFault = $"line {shelved.Count + 1} of '{_editions.Path}' is damaged";
            break;
        }

        _editions.End = good;
        return shelved;
    }

    /// <summary>Where a text of the present files stands.</summary>
    public ShelvedText At(TextPlace place) => new(_texts, place);

    /// <summary>Writes the edition; after an exception the files count as before.</summary>
    /// <returns>Where its texts stand.</returns>
    public IReadOnlyList<TextPlace> Append(Edition edition, IReadOnlyList<Revision> texts)
    {
        _editions.Cut();
        var (places, end) = _texts.Write(texts);
        var line = Line(edition, places, _texts);
        _editions.Write(line, _editions.End);
        _editions.End += line.Length;
        _texts.End = end;
        // Whatever was damaged lay behind the end, and is written over.
        LoadFault = null;
        return places;
    }

    /// <summary>Writes both files anew, with these editions and texts alone. A crash leaves the old ones or the new ones: which texts belong to the editions say the editions themselves.</summary>
    /// <param name="editions">All.</param>
    /// <param name="texts">What stays. A damaged one stays as it is, until the store brings it again.</param>
    /// <param name="damaged">Is told which those are.</param>
    /// <exception cref="IOException">The disk takes no second copy; the files are as before.</exception>
    public IReadOnlyList<ShelvedText> Replace(IReadOnlyList<Edition> editions, IEnumerable<ShelvedText> texts, Action<RevisionKey> damaged)
    {
        var fresh = new ShelfTexts(_folder, NextName());
        IReadOnlyList<TextPlace> places;
        try
        {
            fresh.Clear();
            places = [.. texts.Select(text => fresh.Append(text, damaged))];
            fresh.Force();
            var length = WriteAnew(editions, places, fresh);
            _editions.ReplaceBy(_editions.Path + Unfinished, length);
        }
        catch
        {
            fresh.Dispose();
            fresh.Delete();
            throw;
        }

        var former = _texts;
        _texts = fresh;
        // Not closed here: somebody may be reading.
        former.TryDelete();
        return [.. places.Select(At)];
    }

    /// <summary>
    /// Moves both files into the folder <c>shelf.aside</c>, where those of the last time give way, and begins anew. The editions go first: without them texts are none.
    /// What can't be moved is written over.
    /// </summary>
    public void SetAside()
    {
        LoadFault = null;
        try
        {
            var aside = _folder + Aside;
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
            PrivateFiles.CreateFolder(aside);
            _editions.SetAside(aside);
            _texts.SetAside(aside);
            _texts = new ShelfTexts(_folder, First);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            (_editions.End, _texts.End) = (0, 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _editions.Dispose();
        _texts.Dispose();
    }

    /// <returns>How long it is.</returns>
    private long WriteAnew(IReadOnlyList<Edition> editions, IReadOnlyList<TextPlace> places, ShelfTexts texts)
    {
        using var file = new FileStream(PrivateFiles.Create(_editions.Path + Unfinished), FileMode.Create, FileAccess.Write, FileShare.None);
        foreach (var edition in editions) file.Write(Line(edition, edition.Number == 1 ? places : [], texts));
        file.Flush(flushToDisk: true);
        return file.Length;
    }

    private static byte[] Line(Edition edition, IReadOnlyList<TextPlace> places, ShelfTexts texts) =>
        ShelfLine.Write(new ShelvedEdition(edition, places) { File = edition.Number == 1 && texts.Name != First ? texts.Name : null });

    /// <summary>texts-1.bin, texts-2.bin, …</summary>
    private string NextName()
    {
        var number = _texts.Name.Split('-', '.') is [_, var digits, _] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        return string.Create(CultureInfo.InvariantCulture, $"texts-{number + 1}.bin");
    }

    private string? FirstLine()
    {
        try
        {
            return File.Exists(_editions.Path) ? File.ReadLines(_editions.Path).FirstOrDefault() : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Deletes what an interrupted process left behind; where nothing may be deleted it stays.</summary>
    private void Sweep()
    {
        try
        {
            if (!Directory.Exists(_folder)) return;
            File.Delete(_editions.Path + Unfinished);
            foreach (var file in Directory.EnumerateFiles(_folder, "texts*.bin").Where(file => Path.GetFileName(file) != _texts.Name)) File.Delete(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Rights come back, and with them the next start.
        }
    }
}
