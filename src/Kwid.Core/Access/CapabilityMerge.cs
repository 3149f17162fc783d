using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Access;

/// <summary>Capabilities of a store that is older than what stands beside it, as after a restore: nobody loses an address, and none that was ended opens again.</summary>
public static class CapabilityMerge
{
    /// <summary>What must be changed in or added to a store.</summary>
    /// <param name="stored">What it has.</param>
    /// <param name="known">What was known beside it.</param>
    public static IReadOnlyList<Capability> Unknown(IReadOnlyCollection<Capability> stored, IEnumerable<Capability> known)
    {
        var byId = stored.ToDictionary(one => one.Id, StringComparer.Ordinal);
        return [.. known.Select(one => Missing(byId.GetValueOrDefault(one.Id), one)).OfType<Capability>()];
    }

    /// <summary>What a changed or added one is now, for the operator.</summary>
    public static string Say(Capability kept) => kept.Ended is { } ended
        ? string.Create(CultureInfo.InvariantCulture, $"ended {ended:u}, which the store did not know")
        : "which the store did not know";

    /// <summary>An end only ever comes nearer: the earlier one was decided later. Numbers of editions are those of the store.</summary>
    private static Capability? Missing(Capability? stored, Capability known) =>
        stored is null ? known with { LastEdition = null }
        : known.Ended is { } ended && !(stored.Ended <= ended) ? stored with { Ended = ended, Successor = known.Successor }
        : null;
}
