using Kwid.Core.Model;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Collection <c>advisories</c>: key is the advisory's id; fields <c>s</c>ource, <c>n</c>umber of its last revision, <c>f</c>ingerprint.</summary>
internal sealed class Advisories(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("advisories");

    /// <summary>All. Equal source ids share one text: there are a hundred thousand of the one and hundreds of the other.</summary>
    public List<Advisory> All()
    {
        var sources = new Dictionary<string, SourceId>(StringComparer.Ordinal);
        var all = new List<Advisory>();
        foreach (var document in _documents.Query().ToEnumerable())
        {
            var source = document["s"].AsString;
            if (!sources.TryGetValue(source, out var id)) sources[source] = id = new SourceId(source);
            all.Add(new Advisory(new AdvisoryId(document["_id"].AsString), id, document["n"].AsInt32, document["f"].AsString));
        }

        return all;
    }

    /// <summary>Number of the advisory's last revision; 0 when it is not stored.</summary>
    public int LastRevision(AdvisoryId id) => _documents.FindById(id.ToString()) is { } document ? document["n"].AsInt32 : 0;

    /// <summary>Writes those that are not yet stored.</summary>
    public void Add(IEnumerable<Advisory> advisories) => _documents.Insert(advisories.Select(Document));

    /// <summary>Writes those that are stored already.</summary>
    public void Change(IEnumerable<Advisory> advisories) => _documents.Update(advisories.Select(Document));

    private static BsonDocument Document(Advisory advisory) => new()
    {
        ["_id"] = advisory.Id.ToString(),
        ["s"] = advisory.Source.ToString(),
        ["n"] = advisory.LastRevision,
        ["f"] = advisory.Fingerprint,
    };
}
