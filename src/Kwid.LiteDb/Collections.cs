using LiteDB;

namespace Kwid.LiteDb;

/// <summary>The collections of a store. Each class knows its documents; keys are the only indexes.</summary>
internal sealed class Collections(ILiteDatabase database)
{
    public ILiteCollection<BsonDocument> Meta { get; } = database.GetCollection("meta");

    public Sources Sources { get; } = new(database);

    public Keys Keys { get; } = new(database);

    public Advisories Advisories { get; } = new(database);

    public Revisions Revisions { get; } = new(database);

    public Statements Statements { get; } = new(database);

    public Facts Facts { get; } = new(database);

    public Stages Stages { get; } = new(database);

    public Editions Editions { get; } = new(database);

    public Capabilities Capabilities { get; } = new(database);

    public Audit Audit { get; } = new(database);

    /// <summary>A collection's documents as they are.</summary>
    public ILiteCollection<BsonDocument> Raw(string name) => database.GetCollection(name);

    /// <summary>Names of the collections that exist.</summary>
    public IReadOnlyList<string> Names => [.. database.GetCollectionNames()];
}
