using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>audit</c>: key is the event's number, body packed. Only grows.</summary>
internal sealed class Audit(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("audit");

    /// <summary>At most so many above a number, in order.</summary>
    public IReadOnlyList<AuditEvent> After(long number, int most) =>
        [.. _documents.Query().Where("_id > @0", number).OrderBy("_id").Limit(most).ToEnumerable().Select(document => PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.AuditEvent))];

    public void Add(IEnumerable<AuditEvent> events)
    {
        var last = _documents.Query().OrderByDescending("_id").Limit(1).ToArray() is [var newest] ? newest["_id"].AsInt64 : 0;
        _documents.Insert(events.Select(one => one with { Number = ++last }).Select(one => new BsonDocument
        {
            ["_id"] = one.Number,
            ["body"] = PackedJson.Pack(one, PackedJson.Types.AuditEvent),
        }));
    }
}
