using System.Globalization;
using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>
/// The version of what the documents look like, kept in collection <c>meta</c>. Steps lead from one version to the next, each in a transaction of
/// its own with the new number; no step is ever changed once it was released.
/// </summary>
internal static class Schema
{
    /// <summary>Step n leads from version n to n + 1.</summary>
    private static readonly IReadOnlyList<Action<Collections>> Steps =
    [
        // 0 → 1, the first: LiteDB makes a collection with its first document.
        _ => { },
        // 1 → 2: facts, statements and cursors get collections of their own; what advisories name is kept with them, so that facts and relations find them.
        Fill,
        // 2 → 3: capabilities and the audit log; what was held may find a way out now, and is decided anew.
        collections => collections.Stages.Unhold(),
        // 3 → 4: editions have lanes, members and whom a row concerns, which an earlier program would pass over.
        _ => { },
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Current => Steps.Count;

    /// <summary>Takes the file to <see cref="Current"/>.</summary>
    /// <exception cref="StoreException">A newer program has written it, or something that is not Kwid.</exception>
    public static void Update(StoreFile file, TimeProvider time)
    {
        if (file.Read(Filling.IsUnfinished)) throw new StoreException($"Store '{file.Path}' was being filled by a restore or a copy that did not end. Delete it and run that again.");
        var version = file.Read(Version);
        if (version > Current)
        {
            throw new StoreException($"Store '{file.Path}' has schema version {version}, but this program knows {Current} at most: a newer Kwid has written it. "
                + "Start that version again, or restore the backup made before the update.");
        }

        for (; version < Current; version++)
        {
            var next = version + 1;
            file.Write(collections => Step(collections, next, time.GetUtcNow()));
        }
    }

    private static void Fill(Collections collections) => collections.Advisories.Change(collections.Advisories.All().Select(advisory =>
    {
        var entry = collections.Revisions.Find(Revisions.Key(new RevisionKey(advisory.Id, advisory.LastRevision)))?.Entry;
        return advisory with
        {
            Cves = entry?.Cves ?? [],
            Names = entry?.Names ?? [],
            Since = collections.Revisions.Find(Revisions.Key(new RevisionKey(advisory.Id, 1)))?.SeenAt,
        };
    }));

    private static int Version(Collections collections)
    {
        if (collections.Meta.FindById("schema") is { } schema) return schema["version"].AsInt32;
        if (collections.Names.Count == 0) return 0;
        throw new InvalidDataException($"it is a LiteDB file without a schema version of Kwid (it has {string.Join(", ", collections.Names)})");
    }

    private static bool Step(Collections collections, int next, DateTimeOffset now)
    {
        Steps[next - 1](collections);
        return collections.Meta.Upsert(new BsonDocument
        {
            ["_id"] = "schema",
            ["version"] = next,
            ["since"] = now.ToString("O", CultureInfo.InvariantCulture),
        });
    }
}
