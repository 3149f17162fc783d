namespace Kwid.Testing;

/// <summary>Where PostgreSQL's programs are: on PATH, or where Debian puts them.</summary>
internal static class PostgresBinaries
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>; null where there is none.</summary>
    public static string? Find() => OperatingSystem.IsWindows() ? null : Find(Environment.GetEnvironmentVariable("PATH") ?? "", Debian);

    /// <summary>First on the path, then the newest version below Debian's folder.</summary>
    public static string? Find(string path, string debian) => path.Split(Path.PathSeparator).Concat(Versions(debian)).FirstOrDefault(IsThere);

    private static IEnumerable<string> Versions(string debian) => !Directory.Exists(debian) ? [] :
        Directory.GetDirectories(debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin"));

    private static bool IsThere(string folder) => folder.Length > 0 && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));
}
