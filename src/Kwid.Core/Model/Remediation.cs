namespace Kwid.Core.Model;

/// <summary>What the publisher says can be done (CSAF <c>remediations</c>).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Plain text in the source's language.</param>
/// <param name="Url">Absolute http(s) address of more; null for none.</param>
public sealed record Remediation(RemediationKind Kind, string Text, Uri? Url);
