using Kwid.Core.Model;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>sources</c>: key is the source's id, body its packed state.</summary>
internal sealed class Sources(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("sources");

    public IReadOnlyList<SourceState> All() =>
        [.. _documents.Query().ToEnumerable().Select(document => PackedJson.Unpack(document["body"], PackedJson.Types.SourceState))];

    public void Put(SourceState state) => _documents.Upsert(new BsonDocument
    {
        ["_id"] = state.Source.ToString(),
        ["body"] = PackedJson.Pack(state, PackedJson.Types.SourceState),
    });
}
