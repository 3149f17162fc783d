namespace Kwid.Core.Model;

/// <summary>A document that an advisory names.</summary>
/// <param name="Url">Absolute http(s) address.</param>
/// <param name="Text">For people; null when the source gave none.</param>
public sealed record Reference(Uri Url, string? Text);
