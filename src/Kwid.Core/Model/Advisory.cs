namespace Kwid.Core.Model;

/// <summary>What is known of an advisory without reading its texts: enough to decide a match.</summary>
/// <param name="Id">Its global id.</param>
/// <param name="Source">The source that knows it best.</param>
/// <param name="LastRevision">Number of the newest stored revision, 1-based; 0 while it is known from an index only and was never read.</param>
/// <param name="Fingerprint">Of the newest stored revision's entry; empty while there is none.</param>
public sealed record Advisory(AdvisoryId Id, SourceId Source, int LastRevision, string Fingerprint)
{
    /// <summary>Who tells it, the first of them first, each with what it said last. One that was stored by an earlier version has none: its source and fingerprint stand for it.</summary>
    public IReadOnlyList<Teller> Tellers
    {
        get => field is { Count: > 0 } ? field : LastRevision == 0 ? [] : [new Teller(Source, Fingerprint)];
        init;
    }

    /// <summary>The CVE ids of the newest revision, sorted.</summary>
    public IReadOnlyList<CveId> Cves { get => field ?? []; init; }

    /// <summary>Other publishers' ids that the newest revision refers to.</summary>
    public IReadOnlyList<AdvisoryId> Names { get => field ?? []; init; }

    /// <summary>The older advisory that it turned out to be; null: itself.</summary>
    public AdvisoryId? AliasOf { get; init; }

    /// <summary>When its first revision was stored, UTC; null while there is none, and of those stored by an earlier version.</summary>
    public DateTimeOffset? Since { get; init; }
}
