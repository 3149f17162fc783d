namespace Kwid.Core.Model;

/// <summary>What one source said last of an advisory. Kept where the advisory's newest revision is not just that: several sources tell it, or facts were added.</summary>
public sealed record Statement(AdvisoryId Advisory, Entry Entry);
