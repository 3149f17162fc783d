namespace Kwid.Core.Care;

/// <summary>The last line of a backup: what must have been read by then.</summary>
/// <param name="Edition">The last edition in it; 0 before the first.</param>
/// <param name="EditionInstant">Its instant, UTC; null before the first.</param>
/// <param name="Kinds">All records.</param>
/// <param name="Sha256">Hexadecimal, of all lines before this one with their ends.</param>
public sealed record BackupFoot(int Edition, DateTimeOffset? EditionInstant, IReadOnlyList<KindTally> Kinds, string Sha256);
