using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>Versions of CSAF documents (§3.1.11): integers, or semantic versions.</summary>
public static class DocumentVersion
{
    /// <summary>
    /// Whether a document is an earlier state of another one: a lower version, and not dated later. A publisher who counts anew dates later; one who dates back counts on.
    /// </summary>
    public static bool IsOlder(Entry document, Entry than) =>
        document.IsStructured && than.IsStructured && Parse(document.Version) is { } its && Parse(than.Version) is { } other
        && its.CompareTo(other) < 0 && !(document.UpstreamDate > than.UpstreamDate);

    private static Version? Parse(string? text)
    {
        // Pre-release and build parts say nothing here that the date does not.
        var number = text?.Split('-', '+')[0];
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return new Version(whole, 0, 0);
        return Version.TryParse(number, out var version) ? new Version(version.Major, version.Minor, Math.Max(version.Build, 0)) : null;
    }
}
