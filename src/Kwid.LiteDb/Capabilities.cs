using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>capabilities</c>: key is the capability's id, body packed.</summary>
internal sealed class Capabilities(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("capabilities");

    public IReadOnlyList<Capability> All() =>
        [.. _documents.Query().OrderBy("_id").ToEnumerable().Select(document => PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.Capability))];

    public void Put(IEnumerable<Capability> capabilities) => _documents.Upsert(capabilities.Select(capability => new BsonDocument
    {
        ["_id"] = capability.Id,
        ["body"] = PackedJson.Pack(capability, PackedJson.Types.Capability),
    }));
}
