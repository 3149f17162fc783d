namespace Kwid.Core.Sources.Csaf;

/// <summary>What came of asking an index.</summary>
/// <param name="Memory">To be kept; its validators are those of this answer.</param>
/// <param name="Content">What it lists; null when it is unchanged or could not be read.</param>
/// <param name="Failure">Why it could not be read; null when it was, or is unchanged.</param>
internal sealed record IndexReading(IndexMemory Memory, IndexContent? Content, FetchOutcome.Failed? Failure)
{
    /// <summary>As it was answered; null where nothing was asked.</summary>
    public FetchOutcome? Answer { get; init; }
}
