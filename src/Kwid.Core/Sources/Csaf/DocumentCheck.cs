namespace Kwid.Core.Sources.Csaf;

/// <summary>What came of checking a document.</summary>
/// <param name="Mismatch">Why it is not certain that these are the publisher's bytes, German, for readers; null: they are, or there was nothing to check.</param>
/// <param name="Failure">The host wants to be left alone; null when it does not.</param>
internal sealed record DocumentCheck(string? Mismatch, FetchOutcome.Failed? Failure)
{
    /// <summary>Nothing to be said against it.</summary>
    public static DocumentCheck Fine { get; } = new(null, null);
}
