using System.Collections.Frozen;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>Which changes make a recipient act anew, and so become a new entry; all others update in place, in silence (P7).</summary>
public static class Materiality
{
    private static readonly FrozenSet<string> Rules = FrozenSet.ToFrozenSet(["severity-up", "fix-available", "cve-added", "tlp-loosened"], StringComparer.Ordinal);

    /// <summary>The first rule that makes these changes material; null when none does.</summary>
    public static string? RuleOf(IEnumerable<Change> changes) => changes.FirstOrDefault(change => Rules.Contains(change.Rule))?.Rule;
}
