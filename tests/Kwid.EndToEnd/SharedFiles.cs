namespace Kwid.EndToEnd;

/// <summary>Real advisories and upstream simulators that lie beside the repository, not in it: <c>../shared</c>, or where <c>KWID_SHARED</c> points.</summary>
internal static class SharedFiles
{
    /// <summary>Full path of a file or folder there; where there is none the test is skipped and says so.</summary>
    public static string Find(string relative)
    {
        var path = Path.Combine(Root, relative);
        if (!Path.Exists(path)) Assert.Skip($"{path} is missing; set KWID_SHARED to the folder that has {relative}.");
        return path;
    }

    private static string Root => Environment.GetEnvironmentVariable("KWID_SHARED") is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(RepositoryRoot, "..", "shared");

    /// <summary>The folder that has Kwid.sln.</summary>
    public static string RepositoryRoot
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kwid.sln"))) folder = folder.Parent;
            return folder?.FullName ?? AppContext.BaseDirectory;
        }
    }
}
