namespace Kwid.Core.Care;

/// <summary>The first line of a backup: what it is, before anything of it is believed.</summary>
/// <param name="KwidBackup">Version of the format.</param>
/// <param name="Program">Version of the program that wrote it.</param>
/// <param name="Authority">In every id published from what it holds.</param>
/// <param name="Instant">When it was begun, UTC.</param>
/// <param name="Files">How many lines with files follow.</param>
public sealed record BackupHead(int KwidBackup, string Program, string Authority, DateTimeOffset Instant, int Files)
{
    /// <summary>The format that this program writes; it reads none that is newer.</summary>
    public const int Current = 1;
}
