namespace Kwid.Tests.Configuration;

/// <summary>The checked-out project, for tests on files that are shipped as they are.</summary>
internal static class Repository
{
    /// <summary>The folder with Kwid.sln above the test program.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("No Kwid.sln above the test program; run the tests inside the repository.")
        : File.Exists(Path.Combine(folder.FullName, "Kwid.sln")) ? folder.FullName : Find(folder.Parent);
}
