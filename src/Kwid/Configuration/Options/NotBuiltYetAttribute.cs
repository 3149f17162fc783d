namespace Kwid.Configuration.Options;

/// <summary>The key is known and its value is read, but the part that would apply it does not exist in this version: a warning, no mistake.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotBuiltYetAttribute : Attribute;
