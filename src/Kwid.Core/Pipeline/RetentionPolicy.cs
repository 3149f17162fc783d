namespace Kwid.Core.Pipeline;

/// <summary>How long what is stored is kept. Identity is kept for ever: old ids come back for years.</summary>
/// <param name="Texts">Texts of revisions, since they came; what a feed still shows stays.</param>
/// <param name="Publications">What was published when and to whom, and revisions without texts that are not their advisory's newest.</param>
/// <param name="Audit">The audit log.</param>
public sealed record RetentionPolicy(TimeSpan Texts, TimeSpan Publications, TimeSpan Audit);
