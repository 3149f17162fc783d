using System.Security.Cryptography;
using System.Text;
using Kwid.Core.Model;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>
/// Collection <c>keys</c>: the identity key, and <c>a</c>, the advisory it means. LiteDB takes at most 1,023 bytes of key, and a guid may be of any
/// length: a long one stands under its hash with the key itself in <c>k</c>.
/// </summary>
internal sealed class Keys(ILiteDatabase database)
{
    /// <summary>In UTF-8 bytes; longer ones are told by their hash.</summary>
    private const int LongestAsIs = 500;

    private const char HashMark = '\u0001';

    private readonly ILiteCollection<BsonDocument> _documents = database.GetCollection("keys");

    /// <param name="known">The advisories that the keys mean, so that equal ids share one text.</param>
    public List<KeyValuePair<string, AdvisoryId>> All(IEnumerable<Advisory> known)
    {
        var ids = known.ToDictionary(advisory => advisory.Id.ToString(), advisory => advisory.Id, StringComparer.Ordinal);
        var all = new List<KeyValuePair<string, AdvisoryId>>(ids.Count);
        foreach (var document in _documents.Query().ToEnumerable())
        {
            var advisory = document["a"].AsString;
            if (!ids.TryGetValue(advisory, out var id)) ids[advisory] = id = new AdvisoryId(advisory);
            all.Add(new(document.TryGetValue("k", out var key) ? key.AsString : document["_id"].AsString, id));
        }

        return all;
    }

    /// <summary>Writes those that are not yet there with the same meaning: polls tell the same keys over and over.</summary>
    public void Put(IEnumerable<KeyValuePair<string, AdvisoryId>> keys)
    {
        var (unknown, other) = (new Dictionary<string, BsonDocument>(StringComparer.Ordinal), new List<BsonDocument>());
        foreach (var (key, advisory) in keys)
        {
            var document = Document(key, advisory);
            if (_documents.FindById(document["_id"]) is not { } stored) unknown[document["_id"].AsString] = document;
            else if (stored["a"] != document["a"]) other.Add(document);
        }

        if (unknown.Count > 0) _documents.Insert(unknown.Values);
        if (other.Count > 0) _documents.Update(other);
    }

    private static BsonDocument Document(string key, AdvisoryId advisory)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        if (bytes.Length is > 0 and <= LongestAsIs && key[0] != HashMark) return new() { ["_id"] = key, ["a"] = advisory.ToString() };
        return new() { ["_id"] = HashMark + Convert.ToHexStringLower(SHA256.HashData(bytes)), ["a"] = advisory.ToString(), ["k"] = key };
    }
}
