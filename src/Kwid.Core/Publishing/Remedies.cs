using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>What an advisory says of updates.</summary>
internal static class Remedies
{
    /// <summary>Whether the source says that there is no update, and names none.</summary>
    public static bool HasNoUpdate(Entry entry) => entry.NoPatch || (entry.Remediations.Any(remedy => remedy.Kind is RemediationKind.None) && !HasUpdate(entry));

    private static bool HasUpdate(Entry entry) =>
        entry.Remediations.Any(remedy => remedy.Kind is RemediationKind.Fix) || entry.Products.Any(product => product.Status is ProductStatus.Fixed);
}
