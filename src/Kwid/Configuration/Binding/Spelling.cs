namespace Kwid.Configuration.Binding;

/// <summary>Guesses which known key was meant.</summary>
internal static class Spelling
{
    /// <summary>Names the nearest key, or all when none is near.</summary>
    public static string Cure(string written, IEnumerable<string> known)
    {
        var keys = known.ToArray();
        var nearest = keys.Select(key => (Key: key, Distance: Distance(written, key)))
            .Where(one => one.Distance <= Math.Max(2, one.Key.Length / 3))
            .OrderBy(one => one.Distance)
            .FirstOrDefault().Key;
        return nearest is null ? $"remove it; the keys here are {string.Join(", ", keys)}" : $"write \"{nearest}\"";
    }

    /// <summary>Changes of one letter, swaps of neighbours counting once, that lead from one to the other; case does not count.</summary>
    internal static int Distance(string from, string to)
    {
        var cost = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= to.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var same = Same(from[i - 1], to[j - 1]);
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[from.Length, to.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
