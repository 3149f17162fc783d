using Kwid.Core.Model;

namespace Kwid.Core.Pipeline;

/// <summary>Shows two long texts from shortly before the place where they part.</summary>
internal static class Difference
{
    private const int Lead = 30;
    private const int Length = 160;

    /// <summary>The change with the parts of the texts that tell it.</summary>
    public static Change Show(Change change, string before, string after)
    {
        var start = Math.Max(0, before.AsSpan().CommonPrefixLength(after) - Lead);
        return change with { Before = Part(before, start), After = Part(after, start) };
    }

    private static string Part(string text, int start)
    {
        var end = Math.Min(text.Length, start + Length);
        return (start > 0 ? "…" : "") + text[Math.Min(start, text.Length)..end] + (end < text.Length ? "…" : "");
    }
}
