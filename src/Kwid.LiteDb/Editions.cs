using System.Globalization;
using Kwid.Core.Model;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>editions</c>: key <c>number|part</c> with 10 and 4 digits, number, instant (UTC ticks) and the packed part.</summary>
internal sealed class Editions(ILiteDatabase database)
{
    /// <summary>Publications in one document: some 60 KB packed.</summary>
    private const int PartSize = 5_000;

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
        var parts = documents.Select(document => PackedJson.Unpack(document["body"], PackedJson.Types.EditionPart)).ToList();
        return new Edition(number, Instant(first[0]), [.. parts.SelectMany(part => part.Publications)], parts[0].Feeds ?? [], parts[0].Look) { Authored = parts[0].Authored ?? [] };
    }

    public void Add(Edition edition)
    {
        var chunks = edition.Publications.Chunk(PartSize).DefaultIfEmpty([]).ToList();
        var parts = chunks.Select((chunk, index) => index == 0 ? new EditionPart(chunk, edition.Feeds, edition.Look, edition.Authored.Count == 0 ? null : edition.Authored) : new EditionPart(chunk, null, null));
        _documents.Insert(parts.Select((part, index) => new BsonDocument
        {
            ["_id"] = Key(edition.Number, index),
            ["number"] = edition.Number,
            ["instant"] = edition.Instant.UtcTicks,
            ["body"] = PackedJson.Pack(part, PackedJson.Types.EditionPart),
        }));
    }

    private static string Key(int number, int part) => string.Create(CultureInfo.InvariantCulture, $"{number:D10}|{part:D4}");

    private static DateTimeOffset Instant(BsonDocument document) => new(document["instant"].AsInt64, TimeSpan.Zero);
}
