namespace Kwid.Core.Care;

/// <summary>What a backup that is whole says of itself, without its records.</summary>
/// <param name="Head">Its first line.</param>
/// <param name="Foot">Its last line.</param>
/// <param name="Files">What it keeps besides records.</param>
public sealed record Backup(BackupHead Head, BackupFoot Foot, IReadOnlyList<KeptFile> Files);
