using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>What texts say of an attack.</summary>
/// <param name="Effects">The gravest first.</param>
/// <param name="IsRemote">It works over the network.</param>
/// <param name="NeedsNoLogin">It needs no login.</param>
internal sealed record Attack(IReadOnlyList<Effect> Effects, bool IsRemote, bool NeedsNoLogin)
{
    /// <summary>Both together; the effects of the other only where there are none yet.</summary>
    public Attack Or(Attack other) => new(Effects.Count > 0 ? Effects : other.Effects, IsRemote || other.IsRemote, NeedsNoLogin || other.NeedsNoLogin);

    /// <summary>What a vector says of the way in, in every version of CVSS.</summary>
    public static Attack OfVector(Cvss? cvss)
    {
        var vector = cvss?.Vector is { Length: < 500 } written ? $"/{written}/" : "";
        return new Attack([], vector.Contains("/AV:N/", StringComparison.Ordinal), vector.Contains("/PR:N/", StringComparison.Ordinal) || vector.Contains("/Au:N/", StringComparison.Ordinal));
    }
}
