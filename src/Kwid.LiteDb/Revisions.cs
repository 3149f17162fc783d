using System.Globalization;
using Kwid.Core.Model;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>revisions</c>: key <c>advisory|number</c> with 10 digits, body the packed revision. Never changed once written.</summary>
internal sealed class Revisions(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("revisions");

    /// <summary>The document's key; no id contains the bar.</summary>
    public static string Key(RevisionKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.Advisory}|{key.Number:D10}");

    public Revision? Find(string key) => _documents.FindById(key) is { } document ? PackedJson.Unpack(document["body"], PackedJson.Types.Revision) : null;

    public void Add(IEnumerable<Revision> revisions) => _documents.Insert(revisions.Select(revision => new BsonDocument
    {
        ["_id"] = Key(revision.Key),
        ["body"] = PackedJson.Pack(revision, PackedJson.Types.Revision),
    }));
}
