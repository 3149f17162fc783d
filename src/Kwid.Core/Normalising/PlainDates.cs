namespace Kwid.Core.Normalising;

/// <summary>
/// Reads dates that are written to the letter of the two standards: <c>2026-03-01T08:00:00+01:00</c> (RFC 3339) and
/// <c>Sun, 01 Mar 2026 08:00:00 +0100</c> (RFC 822 with RFC 1123's year). Nearly all are; the others need patterns.
/// </summary>
internal static class PlainDates
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>The instant in UTC, whole seconds; null when the text is written otherwise, or unlikely.</summary>
    public static DateTimeOffset? Find(ReadOnlySpan<char> text)
    {
        if (text.Length < "1 Mar 2026 08:00:00 Z".Length) return Standard(text);
        return text[4] == '-' ? Standard(text) : Mail(text);
    }

    private static DateTimeOffset? Standard(ReadOnlySpan<char> text)
    {
        const int Seconds = 19;
        if (text.Length <= Seconds || text[4] != '-' || text[7] != '-' || text[10] != 'T') return null;
        if (Number(text[..4]) is not { } year || Number(text[5..7]) is not { } month || Number(text[8..10]) is not { } day || Clock(text[11..Seconds]) is not { } clock) return null;
        var rest = text[Seconds..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 1) return null;
            rest = rest[(digits + 1)..];
        }

        var zone = rest is "Z" ? TimeSpan.Zero : rest.Length == 6 && rest[3] == ':' ? Offset(rest[0], rest[1..3], rest[4..]) : null;
        return Build(year, month, day, clock, zone);
    }

    private static DateTimeOffset? Mail(ReadOnlySpan<char> text)
    {
        if (text[3] == ',' && text[4] == ' ' && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]) && char.IsAsciiLetter(text[2])) text = text[5..];
        var digits = text.IndexOf(' ');
        if (digits is not (1 or 2) || text.Length < digits + 19) return null;
        if (Number(text[..digits]) is not { } day || FindMonth(text.Slice(digits + 1, 3)) is not { } month || text[digits + 4] != ' ' || Number(text.Slice(digits + 5, 4)) is not { } year) return null;
        if (text[digits + 9] != ' ' || Clock(text.Slice(digits + 10, 8)) is not { } clock || text[digits + 18] != ' ') return null;
        var rest = text[(digits + 19)..];
        var zone = rest is "GMT" or "UT" or "UTC" or "Z" ? TimeSpan.Zero : rest.Length == 5 ? Offset(rest[0], rest[1..3], rest[3..]) : null;
        return Build(year, month, day, clock, zone);
    }

    private static DateTimeOffset? Build(int year, int month, int day, TimeSpan clock, TimeSpan? zone)
    {
        if (zone is not { } offset || year is < 1971 or > 9997 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        return new DateTimeOffset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + clock - offset, TimeSpan.Zero);
    }

    private static int? FindMonth(ReadOnlySpan<char> name)
    {
        var at = Months.AsSpan().IndexOf(name, StringComparison.Ordinal);
        return at >= 0 && at % 3 == 0 ? (at / 3) + 1 : null;
    }

    /// <summary>08:00:00, without midnight as 24:00 and leap seconds.</summary>
    private static TimeSpan? Clock(ReadOnlySpan<char> text)
    {
        if (text[2] != ':' || text[5] != ':' || Number(text[..2]) is not { } hour || Number(text[3..5]) is not { } minute || Number(text[6..]) is not { } second) return null;
        return hour < 24 && minute < 60 && second < 60 ? new TimeSpan(hour, minute, second) : null;
    }

    private static TimeSpan? Offset(char sign, ReadOnlySpan<char> hours, ReadOnlySpan<char> minutes)
    {
        if (sign is not ('+' or '-') || Number(hours) is not { } hour || Number(minutes) is not { } minute || hour > 13 || minute > 59) return null;
        var offset = new TimeSpan(hour, minute, 0);
        return sign == '+' ? offset : -offset;
    }

    private static int? Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return null;
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
