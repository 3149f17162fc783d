using Kwid.Core.Health;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Core.Pipeline;

/// <summary>One document of a poll, read and normalised, not yet committed.</summary>
/// <param name="Fetched">As it came, with the validators that may be kept.</param>
/// <param name="Cursor">The walk's memory after it.</param>
/// <param name="Document">What Reading found.</param>
/// <param name="Entries">What became entries.</param>
/// <param name="Rejected">What did not.</param>
internal sealed record ReadStep(
    FetchOutcome.Fetched Fetched, string? Cursor, ReadDocument Document, IReadOnlyList<Entry> Entries, IReadOnlyList<Rejected> Rejected)
{
    /// <summary>What it is like, for the source's health.</summary>
    public DocumentFacts Facts { get; } = new(
        Entries.Count > 0 ? Entries[0].Source : default,
        Entries,
        Document.Entries.Count(raw => string.IsNullOrWhiteSpace(raw.Guid) && string.IsNullOrWhiteSpace(raw.Link)),
        Document.Unchanged);
}
