using System.Globalization;

namespace Kwid.Core.Sources.Csaf;

/// <summary>Reads the instants of indexes: ISO 8601, and UTC where no zone is said, as in Microsoft's changes.csv.</summary>
internal static class IndexDates
{
    /// <summary>The instant, whole seconds; null for what is none.</summary>
    public static DateTimeOffset? Find(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var instant)
        && instant.ToUnixTimeSeconds() is > 0 and < uint.MaxValue and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
