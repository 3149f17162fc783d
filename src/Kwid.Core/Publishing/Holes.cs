namespace Kwid.Core.Publishing;

/// <summary>
/// Marks in a fragment where something of the single feed goes. Noncharacters of Unicode (never exchanged, yet legal in XML 1.0), so that no upstream
/// text can hold one: <see cref="Clean"/> removes them.
/// </summary>
internal static class Holes
{
    /// <summary>Where the feed's part of the id goes: <c>tag:kwid.example,2026:05315000</c>.</summary>
    public const char Id = '\uFDD0';

    /// <summary>Where the audience class's reason goes.</summary>
    public const char Reason = '\uFDD1';

    /// <summary>Where a feed's entries go.</summary>
    public const char Entries = '\uFDD2';

    /// <summary>Text without any mark.</summary>
    public static string Clean(string text) => text.AsSpan().IndexOfAnyInRange(Id, Entries) < 0 ? text : string.Concat(text.Where(c => c is < Id or > Entries));
}
