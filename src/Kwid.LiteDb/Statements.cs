using Kwid.Core.Model;
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
            .Select(document => PackedJson.Unpack(document["body"], PackedJson.Types.Entry)),
    ];

    public void Put(IEnumerable<Statement> statements) => _documents.Upsert(statements.Select(statement => new BsonDocument
    {
        ["_id"] = $"{statement.Advisory}|{statement.Entry.Source}",
        ["body"] = PackedJson.Pack(statement.Entry, PackedJson.Types.Entry),
    }));
}
