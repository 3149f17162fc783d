using System.Text.Json.Serialization;
using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>One thing that a store keeps, in a form that belongs to no store: what backups hold and copies carry. Each kind below is a collection of the contract; there are no others.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(StoredSource), "source")]
[JsonDerivedType(typeof(StoredAdvisory), "advisory")]
[JsonDerivedType(typeof(StoredKey), "key")]
[JsonDerivedType(typeof(StoredRevision), "revision")]
[JsonDerivedType(typeof(StoredStatement), "statement")]
[JsonDerivedType(typeof(StoredFact), "fact")]
[JsonDerivedType(typeof(StoredStage), "stage")]
[JsonDerivedType(typeof(StoredEdition), "edition")]
[JsonDerivedType(typeof(StoredCapability), "capability")]
[JsonDerivedType(typeof(StoredAudit), "audit")]
public abstract record StoreRecord
{
    /// <summary>The record of a revision that has not been published, or not yet.</summary>
    /// <param name="key">Which.</param>
    /// <param name="stage">Where it stands.</param>
    /// <param name="place">Its place among the pending ones, from 1; 0 for every other stage.</param>
    public static StoreRecord Of(RevisionKey key, RevisionStage stage, int place) => new StoredStage(key, stage, place);
}

/// <summary>How a source fares: health, validators, cursor.</summary>
public sealed record StoredSource(SourceState State) : StoreRecord;

/// <summary>An advisory's identity.</summary>
public sealed record StoredAdvisory(Advisory Advisory) : StoreRecord;

/// <summary>An identity key and the advisory it means.</summary>
public sealed record StoredKey(string Key, AdvisoryId Advisory) : StoreRecord;

/// <summary>A revision with its text.</summary>
public sealed record StoredRevision(Revision Revision) : StoreRecord;

/// <summary>What a source said last of an advisory.</summary>
public sealed record StoredStatement(Statement Statement) : StoreRecord;

/// <summary>What a catalogue says of a CVE.</summary>
public sealed record StoredFact(SourceFact Fact) : StoreRecord;

/// <summary>Where a revision stands that is not published.</summary>
public sealed record StoredStage(RevisionKey Revision, RevisionStage Stage, int Place) : StoreRecord;

/// <summary>An edition: rows of the class logs, segments of feeds, what Kwid wrote itself.</summary>
public sealed record StoredEdition(Edition Edition) : StoreRecord;

/// <summary>A capability, without its secret.</summary>
public sealed record StoredCapability(Capability Capability) : StoreRecord;

/// <summary>A line of the audit log.</summary>
public sealed record StoredAudit(AuditEvent Event) : StoreRecord;
