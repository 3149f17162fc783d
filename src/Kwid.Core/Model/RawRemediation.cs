namespace Kwid.Core.Model;

/// <summary>What a document says can be done, as written.</summary>
/// <param name="Category">Its kind, such as <c>vendor_fix</c>; null when it did not say.</param>
/// <param name="Text">For people.</param>
/// <param name="Url">Where more is told; null for nowhere.</param>
public sealed record RawRemediation(string? Category, string Text, string? Url);
