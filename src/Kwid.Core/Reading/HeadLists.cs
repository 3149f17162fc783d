namespace Kwid.Core.Reading;

/// <summary>Lists of a feed's head: a handful in any real feed, so that a longer one is cut.</summary>
internal static class HeadLists
{
    private const int Most = 100;

    /// <summary>The list with one more, or as it is when it is full.</summary>
    public static IReadOnlyList<T> With<T>(this IReadOnlyList<T> list, T item) => list.Count < Most ? [.. list, item] : list;
}
