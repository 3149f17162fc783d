using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What an edition says in Kwid's own words.</summary>
/// <param name="Text">The new text; null when one that stands is withdrawn.</param>
/// <param name="Rows">By class: how it shows there.</param>
public sealed record AuthoredPlan(Revision? Text, IReadOnlyList<PlannedRow> Rows);
