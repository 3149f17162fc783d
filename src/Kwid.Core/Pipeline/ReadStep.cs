using Kwid.Core.Health;
using Kwid.Core.Model;
using Kwid.Core.Sources;

namespace Kwid.Core.Pipeline;

/// <summary>What one step of a walk brought, read and normalised, not yet committed.</summary>
/// <param name="Step">As it came.</param>
/// <param name="Documents">Its documents, each with what was read of it.</param>
internal sealed record ReadStep(WalkStep Step, IReadOnlyList<ReadBody> Documents)
{
    /// <summary>The address that relative links of the whole are relative to.</summary>
    public Uri? Address => Documents is [var first, ..] ? first.Document.Address : null;

    /// <summary>The walk's memory after it.</summary>
    public string? Cursor => Step.Cursor;

    /// <summary>What its feed says of itself.</summary>
    public FeedHead Head => Documents is [{ Read: { } read }, ..] ? read.Head : new FeedHead();

    /// <summary>What became entries, in order.</summary>
    public IReadOnlyList<Entry> Entries { get; init; } = [.. Documents.SelectMany(document => document.Entries)];

    /// <summary>What did not.</summary>
    public IReadOnlyList<Rejected> Rejected { get; init; } = [.. Documents.SelectMany(document => document.Rejected)];

    /// <summary>Notices that were published and that no file tells any more: why, for the operator.</summary>
    public IReadOnlyList<Rejected> Missing { get; init; } = [];

    /// <summary>What catalogues say of CVEs.</summary>
    public IReadOnlyList<Fact> Facts { get; } = [.. Documents.SelectMany(document => document.Read?.Facts ?? [])];

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<string> Faults { get; } = [.. Documents.SelectMany(document => document.Faults)];

    /// <summary>HTTP status of the last answer; null for files.</summary>
    public int? Status => (Step.Outcome as FetchOutcome.Fetched)?.Status;

    /// <summary>The validators that may be kept. What is damaged must be read again when it is mended, also by us: no 304 may stand before it. Not so for own pages: their walk knows by itself when it needs the list for them.</summary>
    public Validators Validators => Step.Outcome switch
    {
        FetchOutcome.Fetched fetched => Faults.Count > (fetched.Document.Details?.Faults.Count ?? 0) ? Validators.None : fetched.Validators,
        FetchOutcome.NotModified unchanged => unchanged.Validators,
        _ => Validators.None,
    };

    /// <summary>What it is like, for the source's health.</summary>
    public DocumentFacts Look => new(
        Entries.Count > 0 ? Entries[0].Source : default,
        Entries,
        Documents.Sum(document => document.Read?.Entries.Count(raw => string.IsNullOrWhiteSpace(raw.Guid) && string.IsNullOrWhiteSpace(raw.Link)) ?? 0),
        Documents.Sum(document => (document.Read?.Unchanged ?? 0) + (document.Read?.Facts.Count ?? 0)));
}
