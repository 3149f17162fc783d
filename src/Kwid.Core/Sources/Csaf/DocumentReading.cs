namespace Kwid.Core.Sources.Csaf;

/// <summary>What came of asking a document.</summary>
/// <param name="Fetched">The document; null when it failed.</param>
/// <param name="Failure">Why; null when it did not.</param>
internal sealed record DocumentReading(FetchOutcome.Fetched? Fetched, FetchOutcome.Failed? Failure)
{
    /// <summary>Whether the host may be at fault, not the document: further failures will tell.</summary>
    public bool IsSuspect => Failure is { Status: null or >= 500 };

    /// <summary>Whether the host wants to be left alone.</summary>
    public bool IsHostWide => Failure is not null && CsafAsker.IsHostWide(Failure);
}
