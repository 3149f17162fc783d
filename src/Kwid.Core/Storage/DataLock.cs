using System.Globalization;

namespace Kwid.Core.Storage;

/// <summary>
/// The right of one process to a data folder: an exclusive lock of the operating system on <c>kwid.lock</c>, which ends with the process, however it
/// ends. The file stays; its existence says nothing. It holds the process id for people (<c>cat data/kwid.lock</c>).
/// </summary>
public sealed class DataLock : IDisposable
{
    /// <summary>The locked file.</summary>
    public const string FileName = "kwid.lock";

    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, which is created where it does not exist; null when another process (or this one) has it.</summary>
    /// <exception cref="StoreException">The folder or the file can't be made.</exception>
    public static DataLock? TryAcquire(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            CreatePrivate(folder);
            return new DataLock(Lock(path));
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(path)) return TryAcquireReadOnly(path, fault);
            throw Unusable(folder, fault);
        }
    }

    /// <summary>A folder that has become read-only can be locked all the same: what stands on its shelf is served.</summary>
    private static DataLock? TryAcquireReadOnly(string path, Exception refusal)
    {
        try
        {
            return new DataLock(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0));
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path.GetDirectoryName(path)!, refusal);
        }
    }

    private static StoreException Unusable(string folder, Exception fault) => new(
        $"Data folder '{folder}' can't be used: {fault.Message} Give user '{Environment.UserName}' the right to write there, or name another folder with --data.", fault);

    /// <summary>Gives the folder free.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>What is above TLP:CLEAR lies in there: a new folder is its owner's alone. The rights of one that exists are the operator's choice.</summary>
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream Lock(string path)
    {
        // FileShare.None is flock(2) on Unix and a share mode on Windows.
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION of Windows, in the low half of HResult.</summary>
    private static bool IsHeld(IOException fault) => (fault.HResult & 0xFFFF) is 11 or 35 or 32;
}
