namespace Kwid.Core.Reading;

/// <summary>The language of a feed as a BCP 47 tag.</summary>
internal static class FeedLanguage
{
    /// <summary>What was found inside, else the root's <c>xml:lang</c>; some write <c>en_US</c>.</summary>
    public static string? Of(string? found, IReadOnlyDictionary<string, string> rootAttributes) =>
        (string.IsNullOrWhiteSpace(found) ? rootAttributes.GetValueOrDefault("xml:lang") : found)?.Trim().Replace('_', '-') is { Length: > 0 } tag ? tag : null;
}
