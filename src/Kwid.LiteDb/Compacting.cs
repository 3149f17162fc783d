using System.Globalization;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>
/// Gives room back to the disk: LiteDB uses the pages of what was deleted again, but never returns them, and its own rebuild loses documents in 5.0.20. All documents are
/// copied as they are into a new file, which then takes the old one's name; whatever happens before that leaves the old one as it was.
/// </summary>
internal static class Compacting
{
    private const int Page = 500;

    /// <summary>What the new file may take beyond what is used of the old one.</summary>
    private const long Spare = 64 * 1024 * 1024;

    private const string Mark = "compacted";

    /// <summary>Compacts where a quarter more of the file is free than the last time left: documents that don't fill their pages leave room that no copying gives back.</summary>
    /// <param name="file">Closed when this was done: the next access opens the new one.</param>
    /// <param name="copy">Path of the new file until it takes the old one's place.</param>
    /// <param name="least">Smaller files are left, in bytes.</param>
    /// <returns>Null where it is not worth the effort.</returns>
    public static Compaction? Run(StoreFile file, string copy, long least)
    {
        var (before, free) = (file.Length, file.FreeBytes());
        if (before < least || (double)free / before < 0.25 + file.Read(Left)) return null;
        var (needed, room) = (before - free + Spare, new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(copy))!).AvailableFreeSpace);
        if (room < needed)
        {
            return new Compaction(before, before, string.Create(CultureInfo.InvariantCulture,
                $"Store '{file.Path}' has {free >> 20} MB of {before >> 20} MB free, but the copy that gives them back needs {needed >> 20} MB and the disk has {room >> 20} MB. Make room; nothing is lost meanwhile."));
        }

        using (var target = StoreFile.Open(copy, TimeProvider.System))
        {
            foreach (var name in file.Read(collections => collections.Names)) Copy(file, target, name);
            var left = (double)target.FreeBytes() / target.Length;
            target.Write(collections => collections.Meta.Upsert(new BsonDocument { ["_id"] = Mark, ["free"] = left }));
        }

        file.ReplaceBy(copy);
        return new Compaction(before, new FileInfo(file.Path).Length);
    }

    /// <summary>The share that was free after the last compaction; 0 before the first.</summary>
    private static double Left(Collections collections) => collections.Meta.FindById(Mark) is { } mark ? mark["free"].AsDouble : 0;

    private static void Copy(StoreFile from, StoreFile to, string name)
    {
        BsonValue? last = null;
        while (from.Read(collections => After(collections.Raw(name), last)) is { Length: > 0 } page)
        {
            // The schema's version stands in the new file already.
            to.Write(collections => collections.Raw(name).Upsert(page));
            last = page[^1]["_id"];
        }

        var (was, now) = (from.Read(collections => collections.Raw(name).LongCount()), to.Read(collections => collections.Raw(name).LongCount()));
        if (was != now) throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"collection '{name}' has {was} documents, its copy {now}"));
    }

    private static BsonDocument[] After(ILiteCollection<BsonDocument> collection, BsonValue? last)
    {
        var all = collection.Query();
        return (last is null ? all : all.Where("_id > @0", last)).OrderBy("_id").Limit(Page).ToArray();
    }
}
