using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>revisions</c>: key <c>advisory|number</c> with 10 digits, body the packed revision. Never changed once written, but for its text, which retention takes out.</summary>
internal sealed class Revisions(ILiteDatabase database)
{
    /// <summary>In bytes: LiteDB's limit of 16,683,050 for a document, less the key.</summary>
    private const int Largest = 16_600_000;

    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("revisions");

    /// <summary>The document's key; no id contains the bar.</summary>
    public static string Key(RevisionKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.Advisory}|{key.Number:D10}");

    /// <summary>Of a document's key.</summary>
    public static RevisionKey Key(string key)
    {
        var bar = key.IndexOf('|', StringComparison.Ordinal);
        return new RevisionKey(new AdvisoryId(key[..bar]), int.Parse(key.AsSpan(bar + 1), CultureInfo.InvariantCulture));
    }

    public Revision? Find(string key) => _documents.FindById(key) is { } document ? PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.Revision) : null;

    /// <summary>In the order of their keys.</summary>
    public IReadOnlyList<Revision> After(RevisionKey? after, int most)
    {
        var all = _documents.Query();
        var behind = after is { } key ? all.Where("_id > @0", Key(key)) : all;
        return [.. behind.OrderBy("_id").Limit(most).ToEnumerable().Select(document => PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.Revision))];
    }

    public void Add(IEnumerable<Revision> revisions) => _documents.Insert(revisions.Select(Document));

    /// <summary>Puts them in the place of those with their keys, where there are any.</summary>
    public void Replace(IEnumerable<Revision> revisions) => _documents.Update(revisions.Select(Document));

    public void Remove(IEnumerable<RevisionKey> revisions)
    {
        foreach (var key in revisions) _documents.Delete(Key(key));
    }

    private static BsonDocument Document(Revision revision) => new() { ["_id"] = Key(revision.Key), ["body"] = Body(revision) };

    private static byte[] Body(Revision revision)
    {
        var body = PackedJson.Pack(revision, PackedJson.Types.Revision);
        if (body.Length <= Largest) return body;
        throw new StoreException($"Revision {revision.Key.Number} of {revision.Key.Advisory} (source '{revision.Entry.Source}') has {body.Length} bytes when packed, "
            + $"and a document of the store at most {Largest}. Let the source's documents be read only up to a smaller size.");
    }
}
