using Kwid.Core.Care;

namespace Kwid.Cli.Control;

/// <summary>What to back up.</summary>
/// <param name="File">Where to, absolute.</param>
/// <param name="Force">Whether a file that is there may be replaced.</param>
internal sealed record BackupRequest(string File, bool Force);

/// <summary>What was written.</summary>
/// <param name="File">Where.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Edition">The last one in it; 0 before the first.</param>
/// <param name="EditionInstant">UTC; null before the first.</param>
/// <param name="Kinds">All records in it.</param>
internal sealed record BackupAnswer(string File, long Bytes, int Edition, DateTimeOffset? EditionInstant, IReadOnlyList<KindTally> Kinds);

/// <summary>Store and shelf.</summary>
internal sealed record VerifyRequest;
