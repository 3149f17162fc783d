using Kwid.Core.Model;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Fills an empty store from records. A mark in <c>meta</c> stands from the first batch to the last, so that half a store is not taken for one.</summary>
internal static class Filling
{
    private const string Mark = "filling";

    public static void Begin(Collections collections)
    {
        if (collections.Sources.All().Count > 0 || collections.Advisories.Any() || collections.Editions.FindLast() is not null || collections.Audit.After(0, 1).Count > 0)
            throw new StoreException("The store is not empty. Fill another, or move this one away first.");
        collections.Meta.Insert(new BsonDocument { ["_id"] = Mark });
    }

    public static void End(Collections collections) => collections.Meta.Delete(Mark);

    public static bool IsUnfinished(Collections collections) => collections.Meta.FindById(Mark) is not null;

    public static void Write(Collections collections, IReadOnlyCollection<StoreRecord> records)
    {
        foreach (var record in records.OfType<StoredSource>()) collections.Sources.Put(record.State);
        collections.Advisories.Add(records.OfType<StoredAdvisory>().Select(record => record.Advisory));
        collections.Keys.Put(records.OfType<StoredKey>().Select(record => KeyValuePair.Create(record.Key, record.Advisory)));
        collections.Revisions.Add(records.OfType<StoredRevision>().Select(record => record.Revision));
        collections.Statements.Put(records.OfType<StoredStatement>().Select(record => record.Statement));
        collections.Facts.Put(records.OfType<StoredFact>().Select(record => record.Fact));
        collections.Stages.Begin(records.OfType<StoredStage>().OrderBy(record => record.Place).Select(record => (Revisions.Key(record.Revision), record.Stage)));
        foreach (var record in records.OfType<StoredEdition>()) collections.Editions.Add(record.Edition);
        collections.Capabilities.Put(records.OfType<StoredCapability>().Select(record => record.Capability));
        collections.Audit.Put(records.OfType<StoredAudit>().Select(record => record.Event));
    }
}
