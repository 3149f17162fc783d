using System.Globalization;
using System.Text.RegularExpressions;

namespace Kwid.Core.Pages;

/// <summary>Finds the date in the text that a page has where its selector points: pages write words around it.</summary>
internal static partial class PageDates
{
    /// <summary>Most words before a date: "zuletzt aktualisiert am".</summary>
    private const int MostWords = 3;

    /// <summary>English month names first, as formats are checked by them.</summary>
    private static readonly IReadOnlyList<CultureInfo> Cultures = [CultureInfo.InvariantCulture, German()];

    /// <summary>The date as feeds write dates.</summary>
    /// <param name="text">Folded.</param>
    /// <param name="format">.NET format; null: it is one that feeds have too.</param>
    /// <returns>With a format ISO 8601 in full, null when it does not fit; without, the text without what is no part of a date.</returns>
    public static string? Read(string text, string? format)
    {
        var bare = Strip(text);
        return format is null ? bare : ReadExact(text, format) ?? ReadExact(bare, format);
    }

    /// <summary>No zone means UTC, as elsewhere, whatever zone the machine is in.</summary>
    private static string? ReadExact(string text, string format)
    {
        foreach (var culture in Cultures)
            if (DateTimeOffset.TryParseExact(text, format, culture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out var date)) return date.ToString("O", CultureInfo.InvariantCulture);
        return null;
    }

    /// <summary>German names, but a slash in a format is a slash: otherwise MM/dd/yyyy would fit 03.02.2026.</summary>
    private static CultureInfo German()
    {
        var german = (CultureInfo)CultureInfo.GetCultureInfo("de-DE").Clone();
        (german.DateTimeFormat.DateSeparator, german.DateTimeFormat.TimeSeparator) = ("/", ":");
        return CultureInfo.ReadOnly(german);
    }

    private static string Strip(string text)
    {
        var part = text.Split('|').FirstOrDefault(part => part.Any(char.IsAsciiDigit)) ?? text;
        var bare = Label().Replace(part, "").Trim();
        for (var (rest, words) = (bare, 0); words <= MostWords; words++)
        {
            if (Start().IsMatch(rest)) return rest;
            var blank = rest.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0) break;
            rest = rest[(blank + 1)..];
        }

        return bare;
    }

    /// <summary>"Published: " before a date.</summary>
    [GeneratedRegex(@"^\s*[^0-9:]{1,40}:\s*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    /// <summary>A digit, or an English or German month with a digit behind it.</summary>
    [GeneratedRegex(
        @"^(?:(?:jan(?:uary?)?|jän(?:ner)?|feb(?:ruary?)?|m(?:ar|är|ae?r)(?:ch|z)?|mrz|apr(?:il)?|ma[iy]|jun[ei]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?\s*)?[0-9]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Start();
}
