using System.Text.Json.Serialization;

namespace Kwid.Core.Model;

/// <summary>New entries of a source that wait for the operator, because most of them repeat what is known (P13).</summary>
/// <param name="Since">When they came, UTC; after six hours they go out by themselves.</param>
/// <param name="Revisions">In stage <see cref="RevisionStage.Waiting"/>.</param>
/// <param name="Reason">Why they wait; English, for the operator.</param>
public sealed record HeldBatch(DateTimeOffset Since, IReadOnlyList<RevisionKey> Revisions, string Reason)
{
    /// <summary>When it grew last, UTC; the same as <see cref="Since"/> at first.</summary>
    public DateTimeOffset Updated { get; init; } = Since;

    /// <summary>How many advisories wait: one may have been revised meanwhile.</summary>
    [JsonIgnore]
    public int Advisories => Revisions.DistinctBy(key => key.Advisory).Count();
}
