using System.Reflection;

namespace Kwid.Tests.Layering;

/// <summary>The product's assemblies as they lie beside the tests: found by name, so that a new project is watched from its first day.</summary>
internal static class Product
{
    /// <summary>Paths of the assemblies, the program's included.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileNameWithoutExtension(file) is "kwid" or ['K', 'w', 'i', 'd', '.', ..])
            .Where(file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The same, loaded.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. Files.Select(file => Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(file))))];
}
