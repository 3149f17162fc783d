namespace Kwid.Core.Storage;

/// <summary>Tells what a disk or its rights refuse from what Kwid does wrong.</summary>
public static class DiskFaults
{
    /// <summary>Whether a file could not be read or written: no room, no rights, no folder, a limit. Of EFBIG .NET says that an argument is out of range.</summary>
    public static bool IsDiskFault(this Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };
}
