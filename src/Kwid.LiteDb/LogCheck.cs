using System.Buffers.Binary;

namespace Kwid.LiteDb;

/// <summary>
/// Looks at a log before LiteDB does, which believes whatever stands there and would write it into the data file. A log that was made but had not
/// reached the disk when the power went may hold anything; what had reached it is well formed.
/// </summary>
internal static class LogCheck
{
    private const int PageSize = 8_192;

    // Of the head of a page: id, type, whether its transaction is confirmed.
    private const int TypeAt = 4, ConfirmedAt = 18, LastType = 4;

    /// <summary>Empties a log in which any page is none; nobody was told that its transaction had happened.</summary>
    public static void DropIfTorn(string dataPath, string logPath)
    {
        var log = new FileInfo(logPath);
        if (!log.Exists || log.Length == 0) return;
        using var file = File.OpenHandle(logPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var most = (new FileInfo(dataPath) is { Exists: true } data ? data.Length : 0) / PageSize + log.Length / PageSize;
        var head = new byte[ConfirmedAt + 1];
        for (long at = 0; at + PageSize <= log.Length; at += PageSize)
        {
            RandomAccess.Read(file, head, at);
            if (head[TypeAt] <= LastType && head[ConfirmedAt] <= 1 && BinaryPrimitives.ReadUInt32LittleEndian(head) <= most) continue;
            RandomAccess.SetLength(file, 0);
            return;
        }
    }
}
