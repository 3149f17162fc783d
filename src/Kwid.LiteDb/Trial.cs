using System.Security.Cryptography;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>A document as large as a batch, which comes and goes: the pages it takes are free for what comes next.</summary>
internal static class Trial
{
    private const string Key = "trial";
    private const int Bytes = 256 * 1024;

    public static void Put(Collections collections) =>
        collections.Meta.Upsert(new BsonDocument { ["_id"] = Key, ["noise"] = RandomNumberGenerator.GetBytes(Bytes) });

    public static void Remove(Collections collections) => collections.Meta.Delete(Key);
}
