namespace Kwid.Core.Sources.Csaf;

/// <summary>What a signature says.</summary>
/// <param name="Mismatch">Why it does not vouch for the document, German, for readers; null when it does or says nothing.</param>
/// <param name="Remark">For the operator, for one document and for many, parted by a bar; null when all is well.</param>
internal sealed record SignatureVerdict(string? Mismatch, string? Remark)
{
    /// <summary>It vouches for the document.</summary>
    public static SignatureVerdict Good { get; } = new(null, null);
}
