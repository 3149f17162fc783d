using Kwid.Core.Model;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>
/// Collection <c>advisories</c>: key is the advisory's id; fields <c>s</c>ource, <c>n</c>umber of its last revision, <c>f</c>ingerprint, and where there are any <c>t</c>ellers with
/// their fingerprints, <c>c</c>ves, <c>r</c>eferences to other ids, <c>a</c>lias of, <c>d</c>ate of its first revision; lists are parted by blanks.
/// </summary>
internal sealed class Advisories(ILiteDatabase database)
{
    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("advisories");

    /// <summary>All. Equal source ids share one text: there are a hundred thousand of the one and hundreds of the other.</summary>
    public List<Advisory> All()
    {
        var sources = new Dictionary<string, SourceId>(StringComparer.Ordinal);
        return [.. _documents.Query().ToEnumerable().Select(document => Read(document, sources))];
    }

    public bool Any() => _documents.Query().Limit(1).ToArray().Length > 0;

    /// <summary>Number of the advisory's last revision; null when it is not stored.</summary>
    public int? FindLastRevision(AdvisoryId id) => _documents.FindById(id.ToString()) is { } document ? document["n"].AsInt32 : null;

    /// <summary>Writes those that are not yet stored.</summary>
    public void Add(IEnumerable<Advisory> advisories) => _documents.Insert(advisories.Select(Document));

    /// <summary>Writes those that are stored already.</summary>
    public void Change(IEnumerable<Advisory> advisories) => _documents.Update(advisories.Select(Document));

    private static Advisory Read(BsonDocument document, Dictionary<string, SourceId> sources)
    {
        return new Advisory(new AdvisoryId(document["_id"].AsString), Source(document["s"].AsString), document["n"].AsInt32, document["f"].AsString)
        {
            Tellers = [.. List(document, "t").Chunk(2).Select(pair => new Teller(Source(pair[0]), pair[1]))],
            Cves = [.. List(document, "c").Select(cve => new CveId(cve))],
            Names = [.. List(document, "r").Select(name => new AdvisoryId(name))],
            AliasOf = document.TryGetValue("a", out var alias) ? new AdvisoryId(alias.AsString) : null,
            Since = document.TryGetValue("d", out var since) ? DateTimeOffset.FromUnixTimeMilliseconds(since.AsInt64) : null,
        };

        SourceId Source(string text) => sources.TryGetValue(text, out var id) ? id : sources[text] = new SourceId(text);
    }

    private static string[] List(BsonDocument document, string field) => document.TryGetValue(field, out var list) ? list.AsString.Split(' ') : [];

    private static BsonDocument Document(Advisory advisory)
    {
        var document = new BsonDocument
        {
            ["_id"] = advisory.Id.ToString(),
            ["s"] = advisory.Source.ToString(),
            ["n"] = advisory.LastRevision,
            ["f"] = advisory.Fingerprint,
        };
        Put("t", advisory.Tellers.Select(teller => $"{teller.Source} {teller.Fingerprint}"));
        Put("c", advisory.Cves.Select(cve => cve.ToString()));
        Put("r", advisory.Names.Select(name => name.ToString()));
        if (advisory.AliasOf is { } alias) document["a"] = alias.ToString();
        if (advisory.Since is { } since) document["d"] = since.ToUnixTimeMilliseconds();
        return document;

        void Put(string field, IEnumerable<string> list)
        {
            var text = string.Join(' ', list);
            if (text.Length > 0) document[field] = text;
        }
    }
}
