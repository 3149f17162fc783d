using Kwid.Core.Care;

namespace Kwid.Cli;

/// <summary>What was restored.</summary>
/// <param name="Instant">When the backup was taken, UTC.</param>
/// <param name="Edition">The last one in it; 0 before the first.</param>
/// <param name="EditionInstant">UTC; null before the first.</param>
/// <param name="Aside">Where the former store is kept; null when there was none.</param>
/// <param name="Kept">Tokens of which the backup did not know that they were issued or have ended; they are as they were before the restore.</param>
/// <param name="Verdict">The check afterwards.</param>
internal sealed record Restored(DateTimeOffset Instant, int Edition, DateTimeOffset? EditionInstant, string? Aside, IReadOnlyList<KeptCapability> Kept, Verdict Verdict);
