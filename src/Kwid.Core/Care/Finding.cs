namespace Kwid.Core.Care;

/// <summary>Something in store or shelf that should not be so.</summary>
/// <param name="What">What was found, in words.</param>
/// <param name="Where">Which thing.</param>
/// <param name="Cure">What to do.</param>
public sealed record Finding(string What, string Where, string Cure);
