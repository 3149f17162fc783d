using Kwid.Core.Model;

namespace Kwid.Core.Storage;

/// <summary>What a store is to forget in one transaction; what it does not have it has forgotten already.</summary>
public sealed record Forgetting
{
    /// <summary>Revisions that stay without their texts: these are put in their place.</summary>
    public IReadOnlyList<Revision> Bared { get; init; } = [];

    /// <summary>Revisions that go whole.</summary>
    public IReadOnlyList<RevisionKey> Revisions { get; init; } = [];

    /// <summary>Advisories whose statements go.</summary>
    public IReadOnlyList<AdvisoryId> Statements { get; init; } = [];

    /// <summary>Editions that stay with fewer rows: these are put in their place.</summary>
    public IReadOnlyList<Edition> Editions { get; init; } = [];

    /// <summary>Lines of the audit log before this instant go, but never its last: numbers go on. Null: none go.</summary>
    public DateTimeOffset? AuditUntil { get; init; }
}
