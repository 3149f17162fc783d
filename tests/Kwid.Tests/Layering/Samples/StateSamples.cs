#pragma warning disable CA1812, CA2211, MA0069, CS0649, CA1805, IDE0044, CS0414, CA1823, CA1822, CA1852, IDE0051, CA1859
using System.Collections.Concurrent;

namespace Kwid.Tests.Layering.Samples;

internal sealed class SettableField
{
    internal static int Count = 0;
}

internal sealed class SettableProperty
{
    internal static string? Last { get; set; }
}

internal sealed class SharedTable
{
    internal static readonly ConcurrentDictionary<string, int> Seen = new();
}

internal sealed class Stateless
{
    internal const int Most = 3;
    internal static readonly IReadOnlyList<string> Words = ["a", "b"];

    internal static string First { get; } = "a";

    internal static IEnumerable<int> Run() => Words.Select(word => word.Length);
}
#pragma warning restore
