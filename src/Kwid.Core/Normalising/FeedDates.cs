using System.Globalization;
using System.Text.RegularExpressions;

namespace Kwid.Core.Normalising;

/// <summary>
/// Reads the dates that sources write: RFC 822 in all its decay, ISO 8601, German and American habits. The name of the day is ignored, it is
/// often wrong. No zone means UTC.
/// </summary>
internal static partial class FeedDates
{
    private const int Longest = 100;

    /// <summary>The instant in UTC, whole seconds; null when the text is no possible date from 1970 on.</summary>
    public static DateTimeOffset? Find(string? text)
    {
        if (text is null || text.Length > Longest * 4) return null;
        return PlainDates.Find(text.AsSpan().Trim()) ?? FindByPatterns(text);
    }

    /// <summary>What <see cref="Find"/> does with dates that are not written as the standards want it; for the others the result is the same.</summary>
    internal static DateTimeOffset? FindByPatterns(string text)
    {
        var folded = PlainText.Fold(text);
        if (folded.Length is 0 or > Longest) return null;
        foreach (var pattern in new[] { Ordinal(), Iso(), Compact(), TwoDigits(), DayFirst(), MonthFirst(), AscTime(), Numeric() })
            if (pattern.Match(folded) is { Success: true } match) return Build(match);
        return null;
    }

    /// <summary>As <see cref="Find"/>; null also for what lies after <paramref name="latest"/>: a date that cannot be says nothing.</summary>
    public static DateTimeOffset? FindUntil(string? text, DateTimeOffset latest) => Find(text) is { } found && found <= latest ? found : null;

    private static DateTimeOffset? Build(Match match)
    {
        if (Year(match.Groups["year"].Value) is not { } year || Month(match.Groups["month"]) is not { } month) return null;
        var day = Number(match.Groups["day"], absent: 1);
        var (hour, minute, second) = (Number(match.Groups["hour"], absent: 0), Number(match.Groups["minute"], absent: 0), Number(match.Groups["second"], absent: 0));
        if (Half(match.Groups["half"].Value, hour) is not { } clock || FeedZones.Find(match.Groups["zone"].Value) is not { } zone) return null;
        if (day < 1 || day > DateTime.DaysInMonth(year, month) || clock > 24 || minute > 59 || second > 60 || (clock == 24 && minute + second > 0)) return null;
        // 24:00 is the next day's midnight (ISO 8601), second 60 a leap second: it counts as the 59th.
        if (match.Groups["ofYear"] is { Success: true } ofYear && Number(ofYear, absent: 0) is var days && (days < 1 || days > (DateTime.IsLeapYear(year) ? 366 : 365))) return null;
        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).AddDays(Number(match.Groups["ofYear"], absent: 1) - 1).AddHours(clock).AddMinutes(minute).AddSeconds(Math.Min(second, 59));
        return new DateTimeOffset(local, TimeSpan.Zero) - zone;
    }

    /// <summary>Two digits: 70 to 99 are of the last century.</summary>
    private static int? Year(string digits)
    {
        var year = int.Parse(digits, CultureInfo.InvariantCulture);
        if (digits.Length == 2) year += year < 70 ? 2000 : 1900;
        return year is >= 1970 and <= 9998 ? year : null;
    }

    private static int? Month(Group group)
    {
        if (!group.Success) return 1;
        if (int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number is >= 1 and <= 12 ? number : null;
        var name = group.Value.TrimEnd('.').ToUpperInvariant();
        return FindMonth(name);
    }

    /// <summary>A month by its name in English or German, or by three letters or more of it.</summary>
    private static int? FindMonth(string name)
    {
        if (name.Length < 3) return null;
        var found = Array.FindIndex(Months, names => Array.Exists(names, full => full.StartsWith(name, StringComparison.Ordinal)));
        return found < 0 ? null : found + 1;
    }

    private static readonly string[][] Months =
    [
        ["JANUARY", "JANUAR", "JÄNNER"], ["FEBRUARY", "FEBRUAR", "FEBER"], ["MARCH", "MÄRZ", "MAERZ", "MRZ"], ["APRIL"], ["MAY", "MAI"], ["JUNE", "JUNI"],
        ["JULY", "JULI"], ["AUGUST"], ["SEPTEMBER"], ["OCTOBER", "OKTOBER"], ["NOVEMBER"], ["DECEMBER", "DEZEMBER"],
    ];

    private static int? Half(string half, int hour)
    {
        if (half.Length == 0) return hour;
        if (hour is 0 or > 12) return half[0] is 'p' or 'P' == hour > 12 ? hour : null;   // a clock of 24 hours, named all the same
        return (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
    }

    private static int Number(Group group, int absent) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : absent;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string Clock = @"(?<hour>[0-9]{1,2})[:.](?<minute>[0-9]{2})([:.](?<second>[0-9]{2})([.,][0-9]+)?)?\s?((?<half>[ap])\.?m\.?)?(\s?Uhr)?";
    private const string Zone = @"\s?\(?(?<zone>[A-Z/_]+([+-][0-9]{1,2}(:?[0-9]{2})?)?|[+\-\u2212][0-9]{1,2}(:?[0-9]{2})?)?\)?(\s?[(\[][A-Z_/ ]+[)\]])?$";
    private const string DayName = @"^(\p{L}+(\.?\s?,|\.|\s)\s?(den\s)?)?";

    /// <summary>2026-03-01T08:00:00+01:00 with a blank for the T, without seconds, time, day, or month.</summary>
    [GeneratedRegex(@"^(?<year>[0-9]{4})([-/.](?<month>[0-9]{1,2})([-/.](?<day>[0-9]{1,2})((T|,?\s|\sT)\s?" + Clock + @")?)?)?" + Zone, Options, 1000)]
    private static partial Regex Iso();

    /// <summary>2026-061: the day of the year.</summary>
    [GeneratedRegex("^(?<year>[0-9]{4})-?(?<ofYear>[0-9]{3})(?<zone>)$", Options, 1000)]
    private static partial Regex Ordinal();

    /// <summary>20260301T080000Z.</summary>
    [GeneratedRegex(@"^(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})(T?(?<hour>[0-9]{2})(?<minute>[0-9]{2})(?<second>[0-9]{2})?)?" + Zone, Options, 1000)]
    private static partial Regex Compact();

    /// <summary>031231, 03-12-31, -0312 and -03-12: what ISO 8601:1988 allowed to leave out.</summary>
    [GeneratedRegex(@"^((?<year>[0-9]{2})(?<month>[0-9]{2})(?<day>[0-9]{2})|(?<year>[0-9]{2})-(?<month>[0-9]{2})-(?<day>[0-9]{2})|-(?<year>[0-9]{2})-?(?<month>[0-9]{2}))(?<zone>)$", Options, 1000)]
    private static partial Regex TwoDigits();

    /// <summary>RFC 822: Sun, 01 Mar 2026 08:00:00 +0100; German: 1. März 2026, 8:00 Uhr.</summary>
    [GeneratedRegex(DayName + @"(?<day>[0-9]{1,2})(st|nd|rd|th)?\.?[\s-]?(?<month>\p{L}{3,}\.?)[,\s-]\s?(?<year>[0-9]{4}|[0-9]{2})(,?\s(um\s)?" + Clock + @")?" + Zone, Options, 1000)]
    private static partial Regex DayFirst();

    /// <summary>Aug 7, 2025, 7:05:08 PM; August 7 2025.</summary>
    [GeneratedRegex(DayName + @"(?<month>\p{L}{3,}\.?)\s(?<day>[0-9]{1,2})(st|nd|rd|th)?,?\s(?<year>[0-9]{4})(,?\s(at\s)?" + Clock + @")?" + Zone, Options, 1000)]
    private static partial Regex MonthFirst();

    /// <summary>Sun Mar 1 08:00:00 CET 2026, as C and Unix write it.</summary>
    [GeneratedRegex(DayName + @"(?<month>\p{L}{3,})\s(?<day>[0-9]{1,2})\s(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2}))?(\s(?<zone>[A-Z]+|[+-][0-9]{4}))?\s(?<year>[0-9]{4})$", Options, 1000)]
    private static partial Regex AscTime();

    /// <summary>01.03.2026 08:00, German order. With slashes nobody knows whether day or month comes first: not read.</summary>
    [GeneratedRegex(DayName + @"(?<day>[0-9]{1,2})\.\s?(?<month>[0-9]{1,2})\.\s?(?<year>[0-9]{4}|[0-9]{2})((,|\s-)?\s?(um\s)?" + Clock + @")?" + Zone, Options, 1000)]
    private static partial Regex Numeric();
}
