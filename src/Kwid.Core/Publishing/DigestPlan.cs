using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>One text of a digest to be.</summary>
/// <param name="Key">Its revision; of a digest that loses all its members nothing.</param>
/// <param name="Rows">By class.</param>
/// <param name="Members">What it tells; empty when it is withdrawn.</param>
internal sealed record DigestPlan(RevisionKey Key, IReadOnlyList<PlannedRow> Rows, IReadOnlyList<DigestMember> Members);
