using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>editions</c>: key <c>number|part</c> with 10 and 4 digits, number, instant (UTC ticks) and the packed part.</summary>
internal sealed class Editions(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("editions");

    /// <summary>Number and instant of the last one; null before the first.</summary>
    public (int Number, DateTimeOffset Instant)? FindLast()
    {
        var last = _documents.Query().OrderByDescending("_id").Limit(1).ToArray();
        return last.Length == 0 ? null : (last[0]["number"].AsInt32, Instant(last[0]));
    }

    /// <summary>The first one above <paramref name="after"/>; null when there is none.</summary>
    public Edition? FindNext(int after)
    {
        var first = _documents.Query().Where("_id > @0", Key(after, 9999)).OrderBy("_id").Limit(1).ToArray();
        if (first.Length == 0) return null;

        var number = first[0]["number"].AsInt32;
        var documents = _documents.Query().Where("_id BETWEEN @0 AND @1", Key(number, 0), Key(number, 9999)).OrderBy("_id").ToArray();
        return EditionPart.Join(number, Instant(first[0]), [.. documents.Select(document => PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.EditionPart))]);
    }

    public void Add(Edition edition) => _documents.Insert(EditionPart.Of(edition).Select((part, index) => new BsonDocument
    {
        ["_id"] = Key(edition.Number, index),
        ["number"] = edition.Number,
        ["instant"] = edition.Instant.UtcTicks,
        ["body"] = PackedJson.Pack(part, PackedJson.Types.EditionPart),
    }));

    /// <summary>Puts it in the place of the one with its number, where there is one.</summary>
    public void Replace(Edition edition)
    {
        if (_documents.DeleteMany("_id BETWEEN @0 AND @1", Key(edition.Number, 0), Key(edition.Number, 9999)) > 0) Add(edition);
    }

    private static string Key(int number, int part) => string.Create(CultureInfo.InvariantCulture, $"{number:D10}|{part:D4}");

    private static DateTimeOffset Instant(BsonDocument document) => new(document["instant"].AsInt64, TimeSpan.Zero);
}
