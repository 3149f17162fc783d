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

    /// <summary>Takes away what is older, but never the newest: numbers go on.</summary>
    public void RemoveUntil(DateTimeOffset instant)
    {
        long kept = 0;
        while (After(kept, 500) is { Count: > 0 } page)
        {
            var old = page.TakeWhile(one => one.At < instant).ToList();
            if (old.Count == 0) break;
            kept = old[^1].Number;
            if (old.Count < page.Count) break;
        }

        if (After(kept, 1).Count == 0) kept--;
        if (kept > 0) _documents.DeleteMany("_id <= @0", kept);
    }

    /// <summary>Gives events the next numbers.</summary>
    public void Add(IEnumerable<AuditEvent> events)
    {
        var last = _documents.Query().OrderByDescending("_id").Limit(1).ToArray() is [var newest] ? newest["_id"].AsInt64 : 0;
        Put(events.Select(one => one with { Number = ++last }));
    }

    /// <summary>Takes in another store's events under their own numbers.</summary>
    public void Put(IEnumerable<AuditEvent> numbered) => _documents.Insert(numbered.Select(one => new BsonDocument
    {
        ["_id"] = one.Number,
        ["body"] = PackedJson.Pack(one, PackedJson.Types.AuditEvent),
    }));
}
