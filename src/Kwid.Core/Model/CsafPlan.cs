namespace Kwid.Core.Model;

/// <summary>How a CSAF provider is walked.</summary>
/// <param name="History">At the first import documents older than this are only listed, not read.</param>
/// <param name="DocumentsPerPoll">Most documents read in one poll.</param>
public sealed record CsafPlan(TimeSpan History, int DocumentsPerPoll)
{
    /// <summary>90 days, 200 documents.</summary>
    public static CsafPlan Default { get; } = new(TimeSpan.FromDays(90), 200);
}
