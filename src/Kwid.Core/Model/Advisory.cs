namespace Kwid.Core.Model;

/// <summary>What is known of an advisory without reading its texts: enough to decide a match.</summary>
/// <param name="Id">Its global id.</param>
/// <param name="Source">The source that tells it; entries of others with the same native id add keys, not revisions.</param>
/// <param name="LastRevision">Number of the newest stored revision, 1-based.</param>
/// <param name="Fingerprint">Of the newest stored revision's entry.</param>
public sealed record Advisory(AdvisoryId Id, SourceId Source, int LastRevision, string Fingerprint);
