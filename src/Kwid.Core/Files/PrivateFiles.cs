namespace Kwid.Core.Files;

/// <summary>Files and folders for the program's own user alone: what is stored, and shown to some, is nobody else's business. On Windows the rights of the folder above hold.</summary>
public static class PrivateFiles
{
    /// <summary>Makes a folder where there is none.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes an empty file where there is none; one that is there keeps its rights.</summary>
    /// <returns>The path.</returns>
    public static string Create(string path)
    {
        if (File.Exists(path)) return path;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        return path;
    }
}
