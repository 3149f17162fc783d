using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>revisions</c>: key <c>advisory|number</c> with 10 digits, body the packed revision. Never changed once written.</summary>
internal sealed class Revisions(ILiteDatabase database)
{
    /// <summary>In bytes: LiteDB's limit of 16,683,050 for a document, less the key.</summary>
    private const int Largest = 16_600_000;

    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("revisions");

    /// <summary>The document's key; no id contains the bar.</summary>
    public static string Key(RevisionKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.Advisory}|{key.Number:D10}");

    public Revision? Find(string key) => _documents.FindById(key) is { } document ? PackedJson.Unpack(document["body"], PackedJson.Types.Revision) : null;

    public void Add(IEnumerable<Revision> revisions) => _documents.Insert(revisions.Select(revision => new BsonDocument
    {
        ["_id"] = Key(revision.Key),
        ["body"] = Body(revision),
    }));

    private static BsonValue Body(Revision revision)
    {
        var body = PackedJson.Pack(revision, PackedJson.Types.Revision);
        if (body.AsBinary.Length <= Largest) return body;
        throw new StoreException($"Revision {revision.Key.Number} of {revision.Key.Advisory} (source '{revision.Entry.Source}') has {body.AsBinary.Length} bytes when packed, "
            + $"and a document of the store at most {Largest}. Let the source's documents be read only up to a smaller size.");
    }
}
