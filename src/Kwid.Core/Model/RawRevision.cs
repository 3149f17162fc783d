namespace Kwid.Core.Model;

/// <summary>One item of a document's revision history, as written; null: it did not say.</summary>
public sealed record RawRevision(string? Number, string? Date, string? Summary);
