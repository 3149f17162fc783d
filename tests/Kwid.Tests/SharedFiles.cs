using Kwid.Tests.Configuration;

namespace Kwid.Tests;

/// <summary>Real advisories and upstream simulators that lie beside the repository, not in it: <c>../shared</c>, or where <c>KWID_SHARED</c> points.</summary>
internal static class SharedFiles
{
    /// <summary>Full path of a file or folder there; where there is none the test is skipped and says so.</summary>
    public static string Find(string relative)
    {
        var root = Environment.GetEnvironmentVariable("KWID_SHARED") is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(Repository.Root, "..", "shared");
        var path = Path.Combine(root, relative);
        if (!Path.Exists(path)) Assert.Skip($"{path} is missing; set KWID_SHARED to the folder that has {relative}.");
        return path;
    }
}
