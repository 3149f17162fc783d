using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Reading.Facts;

/// <summary>
/// One item of a catalogue, by its fields as written. Catalogues name the same things differently: <c>cveID</c>, <c>cve_id</c>, <c>CVE ID</c>; case and what is
/// no letter don't count here.
/// </summary>
/// <param name="fields">Names as <see cref="NameOf"/> makes them; lists one value a line.</param>
internal sealed class CatalogueItem(IReadOnlyDictionary<string, string> fields)
{
    private static readonly string[] Versions = ["2.0", "3.0", "3.1", "4.0"];

    /// <summary>ENISA's EUVD: an id of its own, the CVE ids among the aliases.</summary>
    private readonly bool _isEuvd = Text(fields, "ID")?.StartsWith("EUVD-", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>How a field's name is looked up.</summary>
    public static string NameOf(string written) => string.Concat(written.Where(char.IsAsciiLetter)).ToUpperInvariant();

    /// <summary>Who speaks, by fields that only this catalogue has; null for others.</summary>
    public string? By => _isEuvd ? "ENISA EUVD" : Has("DUEDATE") || Has("REQUIREDACTION") ? "CISA KEV" : Has("EUVDID") ? "EU-KEV" : null;

    /// <summary>The CVE ids that it is about, as written: also what is none.</summary>
    public IReadOnlyList<string> Cves
    {
        get
        {
            var words = (Text(fields, "CVEID") ?? Text(fields, "CVE") ?? Text(fields, "ALIASES") ?? Text(fields, "ID") ?? "")
                .Split(['\n', '\r', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return [.. words.Where(word => word.StartsWith("CVE-", StringComparison.OrdinalIgnoreCase))];
        }
    }

    /// <summary>Whether it says that it is exploited: EUVD by a date of its own, the others by listing it.</summary>
    public bool IsExploited => SinceText is not null;

    /// <summary>Since when, as written; null where it does not say that it is exploited.</summary>
    public string? SinceText => _isEuvd ? Text(fields, "EXPLOITEDSINCE") : Text(fields, "DATEADDED") ?? Text(fields, "DATEREPORTED") ?? Text(fields, "DATE");

    /// <summary>The instant of a date as catalogues write them; null when it is none. No zone means UTC.</summary>
    public static DateTimeOffset? FindDate(string text)
    {
        // With the day or the month first in digits nobody knows which it is.
        if (text.Length < 8 || (char.IsAsciiDigit(text[0]) && text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9'))) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) && date.Year is >= 1999 and < 9999
            ? new DateTimeOffset(date.Ticks - (date.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero)
            : null;
    }

    /// <summary>Its score; null when it gives none. EUVD writes 0 or -1 for that.</summary>
    public Cvss? FindScore()
    {
        if (!double.TryParse(Text(fields, "BASESCORE"), NumberStyles.Float, CultureInfo.InvariantCulture, out var score) || score is not (> 0 and <= 10)) return null;
        var vector = Text(fields, "BASESCOREVECTOR");
        var version = Text(fields, "BASESCOREVERSION") ?? (vector is not null && vector.StartsWith("CVSS:", StringComparison.Ordinal) ? vector.Split('/')[0][5..] : null);
        return version is not null && Versions.Contains(version) ? new Cvss(version, score, vector) { By = By } : null;
    }

    private bool Has(string name) => fields.ContainsKey(name);

    private static string? Text(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text && text != "-" ? text : null;
}
