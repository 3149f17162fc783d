using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>statements</c>: key <c>advisory|source</c>, body the packed entry that the source said last.</summary>
internal sealed class Statements(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("statements");

    /// <summary>All of an advisory, by the ids of their sources.</summary>
    public IReadOnlyList<Entry> Of(AdvisoryId advisory) =>
    [
        // '}' follows '|': the range is all keys of the advisory.
        .. _documents.Query().Where("$._id BETWEEN @0 AND @1", $"{advisory}|", $"{advisory}}}").OrderBy("$._id").ToEnumerable()
            .Select(document => PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.Entry)),
    ];

    /// <summary>Those behind a key of the collection, in their order, each with its key.</summary>
    public IReadOnlyList<(string Key, Statement Statement)> After(string key, int most) =>
        [.. _documents.Query().Where("_id > @0", key).OrderBy("_id").Limit(most).ToEnumerable().Select(document => (document["_id"].AsString, Read(document)))];

    public void RemoveOf(AdvisoryId advisory) => _documents.DeleteMany("_id BETWEEN @0 AND @1", $"{advisory}|", $"{advisory}}}");

    private static Statement Read(BsonDocument document)
    {
        var id = document["_id"].AsString;
        return new Statement(new AdvisoryId(id[..id.IndexOf('|', StringComparison.Ordinal)]), PackedJson.Unpack(document["body"].AsBinary, PackedJson.Types.Entry));
    }

    public void Put(IEnumerable<Statement> statements) => _documents.Upsert(statements.Select(statement => new BsonDocument
    {
        ["_id"] = $"{statement.Advisory}|{statement.Entry.Source}",
        ["body"] = PackedJson.Pack(statement.Entry, PackedJson.Types.Entry),
    }));
}
