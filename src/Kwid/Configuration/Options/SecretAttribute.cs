namespace Kwid.Configuration.Options;

/// <summary>The value must stand elsewhere: only <c>${env:NAME}</c> or <c>${file:PATH}</c> may be written, and no mistake repeats it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
