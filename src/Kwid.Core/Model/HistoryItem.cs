namespace Kwid.Core.Model;

/// <summary>One item of the publisher's own revision history (CSAF <c>tracking.revision_history</c>).</summary>
/// <param name="Number">As written: an integer or a semantic version.</param>
/// <param name="Date">UTC, whole seconds; null when unreadable.</param>
/// <param name="Summary">Plain text; empty when there is none.</param>
public sealed record HistoryItem(string Number, DateTimeOffset? Date, string Summary);
