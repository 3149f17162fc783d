namespace Kwid.Core.Model;

/// <summary>Names one revision of one advisory.</summary>
/// <param name="Advisory">The matter.</param>
/// <param name="Number">1-based count of the advisory's stored revisions, never renumbered.</param>
public readonly record struct RevisionKey(AdvisoryId Advisory, int Number);
