namespace Kwid.Core.Sources.Csaf;

/// <summary>Where a provider's OpenPGP key is.</summary>
/// <param name="Address">Of the key.</param>
/// <param name="Fingerprint">What its fingerprint must be; null where the provider names none: then the key is not to be trusted.</param>
internal sealed record KeyPlace(Uri Address, string? Fingerprint);
