using System.Globalization;
using Kwid.Core.Storage;
using LiteDB;

namespace Kwid.LiteDb;

/// <summary>Turns what the disk and LiteDB throw into a sentence for the operator.</summary>
internal static class StoreFaults
{
    // errno of Linux and macOS, and the error codes of Windows, as they stand in the low half of HResult.
    public const int FileTooLarge = 27;
    private const int NoSpace = 28, QuotaExceeded = 122, DiskFull = 112, HandleDiskFull = 39;
    private const int WouldBlock = 11, WouldBlockMac = 35, SharingViolation = 32;

    /// <summary>The fault with file, finding and cure.</summary>
    public static StoreException Explain(string path, Exception fault) => fault switch
    {
        StoreException known => known,
        UnauthorizedAccessException => new($"Store '{path}' can't be written by user '{Environment.UserName}': {fault.Message} Give that user the right to write the folder and its files.", fault),
        DirectoryNotFoundException => new($"Store '{path}' has no folder: {fault.Message} Create the folder, or name another with --data.", fault),
        IOException => new($"Store '{path}' {Disk(fault)}", fault),
        LiteException { ErrorCode: LiteException.INVALID_DATABASE } or InvalidDataException => new($"Store '{path}' is not readable: {Sentence(fault)} {Replace(path)}", fault),
        _ => new($"Store '{path}' failed: {Sentence(fault)} The next access opens it anew. If it stays so: {Replace(path)}", fault),
    };

    private static string Disk(Exception fault) => (fault.HResult & 0xFFFF) switch
    {
        NoSpace or FileTooLarge or QuotaExceeded or DiskFull or HandleDiskFull =>
            $"can't grow, the disk is full (or a limit is reached): {Sentence(fault)} Free some space; nothing committed is lost, and the next access tries again.",
        WouldBlock or WouldBlockMac or SharingViolation =>
            $"is in use by another process: {Sentence(fault)} Stop that one first; only one Kwid may use a data folder.",
        _ => $"can't be read or written: {Sentence(fault)} Check the disk and the folder; the next access tries again.",
    };

    private static string Replace(string path) => string.Create(CultureInfo.InvariantCulture,
        $"Restore the latest backup, or, to begin with an empty store, stop kwid and move '{Path.GetFileName(path)}', '{Path.GetFileNameWithoutExtension(path)}-log.db' and the folder 'shelf' away.");

    private static string Sentence(Exception fault) => fault.Message.TrimEnd('.', ' ') + ".";
}
