using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>facts</c>: key <c>source|cve</c>, body the packed fact.</summary>
internal sealed class Facts(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("facts");

    public IReadOnlyList<SourceFact> All() =>
        [.. _documents.Query().ToEnumerable().Select(document => PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.SourceFact))];

    public void Put(IEnumerable<SourceFact> facts) => _documents.Upsert(facts.Select(fact => new BsonDocument
    {
        ["_id"] = $"{fact.Source}|{fact.Fact.Cve}",
        ["body"] = PackedJson.Pack(fact, PackedJson.Types.SourceFact),
    }));
}
