using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Core.Health;

/// <summary>
/// The entries of a source's document as fingerprints, to be compared with those of the next: what overlaps proves that nothing was missed in between, and what
/// comes back under another guid is no news. Four bytes each for guid, permalink and title: a chance meeting costs a remark, never an entry.
/// </summary>
public sealed class DocumentWindow
{
    /// <summary>Entries remembered of one document.</summary>
    public const int MostEntries = 1_000;

    /// <summary>Bytes per entry.</summary>
    private const int Size = 3 * sizeof(uint);

    private readonly HashSet<uint> _guids = [];
    private readonly HashSet<uint> _links;
    private readonly HashSet<uint> _titles;

    /// <param name="marks">As <see cref="Of"/> made them; null for none.</param>
    public DocumentWindow(byte[]? marks)
    {
        var (links, titles) = (new List<uint>(), new List<uint>());
        for (var at = 0; marks is not null && at + Size <= marks.Length; at += Size)
        {
            _guids.Add(Read(marks, at));
            if (Read(marks, at + sizeof(uint)) is var link and not 0) links.Add(link);
            titles.Add(Read(marks, at + 2 * sizeof(uint)));
        }

        // What several entries share names none of them.
        (_links, _titles) = (Single(links), Single(titles));
    }

    /// <summary>Whether there is nothing to compare with.</summary>
    public bool IsEmpty => _guids.Count == 0;

    /// <summary>The marks of a document's entries.</summary>
    /// <param name="entries">In the document's order; beyond 1,000 the rest is left out.</param>
    /// <param name="former">Marks to be kept besides, where the document is known to hold more than what was read; null for none.</param>
    public static byte[] Of(IReadOnlyList<Entry> entries, byte[]? former = null)
    {
        var shown = entries.Take(MostEntries).ToList();
        var marks = new byte[shown.Count * Size];
        var guids = new HashSet<uint>();
        for (var i = 0; i < shown.Count; i++)
        {
            Write(marks, i * Size, Hash(shown[i].Guid));
            Write(marks, i * Size + sizeof(uint), LinkOf(shown[i]));
            Write(marks, i * Size + 2 * sizeof(uint), Hash(shown[i].Title));
            guids.Add(Read(marks, i * Size));
        }

        // What stands there twice would name nothing any more.
        var kept = (former ?? []).Chunk(Size).Where(mark => mark.Length == Size && !guids.Contains(Read(mark, 0))).Take(MostEntries - shown.Count);
        return [.. marks, .. kept.SelectMany(mark => mark)];
    }

    /// <summary>Whether an entry of the document was in this one: then nothing can have been missed between them.</summary>
    public bool Overlaps(IEnumerable<Entry> entries) => entries.Any(entry => _guids.Contains(Hash(entry.Guid)) || Repeats(entry));

    /// <summary>Whether a guid is one of this document's.</summary>
    public bool HasGuid(Entry entry) => _guids.Contains(Hash(entry.Guid));

    /// <summary>Whether the entry's permalink or title was one of this document's, and of one entry alone.</summary>
    public bool Repeats(Entry entry) => _titles.Contains(Hash(entry.Title)) || (LinkOf(entry) is var link and not 0 && _links.Contains(link));

    private static HashSet<uint> Single(IEnumerable<uint> marks) =>
        [.. marks.CountBy(mark => mark).Where(count => count.Value == 1).Select(count => count.Key)];

    private static uint LinkOf(Entry entry) => entry.Permalink is { } link ? Hash(link.AbsoluteUri) : 0;

    // Zero stands for "none".
    private static uint Hash(string text) => Math.Max(1, Read(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0));

    private static uint Read(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));

    private static void Write(byte[] bytes, int at, uint mark) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), mark);
}
