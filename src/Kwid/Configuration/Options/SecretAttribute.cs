namespace Kwid.Configuration.Options;

/// <summary>The value is a secret, or of an object those values whose keys name credentials: it stands there by reference alone, and no mistake shows it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
