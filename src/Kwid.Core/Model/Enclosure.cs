namespace Kwid.Core.Model;

/// <summary>A file attached to an entry, as written.</summary>
/// <param name="Url">Its address, possibly relative.</param>
/// <param name="Type">Media type; null when the source did not say.</param>
/// <param name="Length">In bytes, as written; null when the source did not say.</param>
public sealed record Enclosure(string Url, string? Type, string? Length);
