using System.Globalization;
using CsCheck;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

public class FeedDatesTests
{
    [Theory]
    [InlineData("Sun, 01 Mar 2026 08:00:00 GMT", "2026-03-01T08:00:00Z")]
    [InlineData("Fri, 01 Mar 2026 08:00 +0100", "2026-03-01T07:00:00Z")]
    [InlineData("1 Mar 26 08:00:00 EST", "2026-03-01T13:00:00Z")]
    [InlineData("So, 01. März 2026 08:00:00 MEZ", "2026-03-01T07:00:00Z")]
    [InlineData("Mi, 01 Jul 2026 08:00:00 MESZ", "2026-07-01T06:00:00Z")]
    [InlineData("Di., 21. Okt. 2025, 9:05 Uhr", "2025-10-21T09:05:00Z")]
    [InlineData("Donnerstag, 31. Dezember 2026 um 23:59 Uhr CET", "2026-12-31T22:59:00Z")]
    [InlineData("Tue, 21 July 2026  12:30:54", "2026-07-21T12:30:54Z")]
    [InlineData("Tue, 21 Sept 2026 12:30:54 Z", "2026-09-21T12:30:54Z")]
    [InlineData("Mon, 15 Jan 2024 14:30:22 GMT+0100", "2024-01-15T13:30:22Z")]
    [InlineData("Fri,24 Nov 2023 18:28:36 -0000", "2023-11-24T18:28:36Z")]
    [InlineData("Aug 7, 2025, 7:05:08 PM", "2025-08-07T19:05:08Z")]
    [InlineData("August 7 2025 12:05 am", "2025-08-07T00:05:00Z")]
    [InlineData("Sun Mar  1 08:00:00 CET 2026", "2026-03-01T07:00:00Z")]
    [InlineData("Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z")]
    [InlineData("2026-03-01T08:00:00+01:00", "2026-03-01T07:00:00Z")]
    [InlineData("2026-03-01T08:00:00.9999999Z", "2026-03-01T08:00:00Z")]
    [InlineData("2026-03-01 08:00:00", "2026-03-01T08:00:00Z")]
    [InlineData("2026-03-01T08:00", "2026-03-01T08:00:00Z")]
    [InlineData("2026-03-01 08:00:00 +0530", "2026-03-01T02:30:00Z")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z")]
    [InlineData("2026-03", "2026-03-01T00:00:00Z")]
    [InlineData("2026-061", "2026-03-02T00:00:00Z")]
    [InlineData("2028366", "2028-12-31T00:00:00Z")]
    [InlineData("2026-03-01T08:00:00+01:00[Europe/Berlin]", "2026-03-01T07:00:00Z")]
    [InlineData("Mon Mar 02 2026 10:00:00 GMT+0100 (Central European Standard Time)", "2026-03-02T09:00:00Z")]
    [InlineData("Dienstag, den 3. März 2026", "2026-03-03T00:00:00Z")]
    [InlineData("March 2, 2026 15:04 PM", "2026-03-02T15:04:00Z")]
    [InlineData("March 2, 2026 00:15 AM", "2026-03-02T00:15:00Z")]
    [InlineData("20260301T080000Z", "2026-03-01T08:00:00Z")]
    [InlineData("2026-03-01T24:00:00Z", "2026-03-02T00:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z")]
    [InlineData("23.11.2026 10:00", "2026-11-23T10:00:00Z")]
    [InlineData("Mo, 23.11.26, 10:00 Uhr MEZ", "2026-11-23T09:00:00Z")]
    [InlineData("\n   Sun,\t01 Mar 2026 08:00:00 GMT  ", "2026-03-01T08:00:00Z")]
    public void A_date_is_read_however_it_is_written(string text, string expected) => Assert.Equal(Make.Instant(expected), FeedDates.Find(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("Mon, 31 Feb 2026 08:00:00 GMT")]
    [InlineData("Sun, 99 Jun 2026 12:00:00 GMT")]
    [InlineData("2026-13-01")]
    [InlineData("2026-12-31T25:14:55Z")]
    [InlineData("2026-12-31T10:61:55Z")]
    [InlineData("2026-12-31T10:14:61Z")]
    [InlineData("2026-12-31T24:00:01Z")]
    [InlineData("Sun, 16 Dec 2012 11:47:32 +zz:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    [InlineData("01/02/2026")]
    [InlineData("2026-03-01T08:00:00+99:00")]
    public void What_cannot_be_a_date_is_none(string? text) => Assert.Null(FeedDates.Find(text));

    [Fact]
    public void A_date_later_than_allowed_counts_as_not_given()
    {
        var latest = Make.Instant("2026-03-02T00:00Z");

        Assert.Equal(latest, FeedDates.FindUntil("2026-03-02T00:00:00Z", latest));
        Assert.Null(FeedDates.FindUntil("2026-03-02T00:00:01Z", latest));
    }

    [Fact]
    public void Every_instant_is_read_back_from_every_spelling() => Gen.Select(Instant, Gen.Int[-14 * 4, 14 * 4], Gen.OneOf(Spellings)).Sample((instant, quarters, spelling) =>
    {
        var local = instant.ToOffset(TimeSpan.FromMinutes(15 * quarters));
        var sign = quarters < 0 ? '-' : '+';
        var text = string.Format(CultureInfo.InvariantCulture, spelling, local, $"{sign}{local.Offset:hhmm}", $"{sign}{local.Offset:hh\\:mm}");

        Assert.Equal(instant, FeedDates.Find(text));
    }, iter: Effort.Times(10_000));

    [Fact]
    public void A_plain_date_is_read_as_the_patterns_read_it() => Gen.Select(Gen.OneOf(Written, AnyDate), Gen.OneOf("", "", "", "x", " ", "1", "Z", "-", ":", "T", "\u0661"), Gen.Double.Unit).Sample((date, piece, where) =>
    {
        var text = date.Insert((int)(where * date.Length), piece);
        if (PlainDates.Find(text) is { } plain) Assert.Equal(plain, FeedDates.FindByPatterns(text));
    }, iter: Effort.Times(10_000));

    [Fact]
    public void Whatever_is_written_is_a_possible_date_or_none() => Gen.OneOf(AnyDate, Gen.String, Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['0', '9']), 0, 40]).Sample(text =>
    {
        if (FeedDates.Find(text) is not { } found) return;

        Assert.InRange(found, Make.Instant("1969-12-31T00:00Z"), Make.Instant("9999-01-02T00:00Z"));
        Assert.Equal(TimeSpan.Zero, found.Offset);
    }, iter: Effort.Times(10_000));

    private static readonly Gen<DateTimeOffset> Instant = Gen.Long[86_400 * 366, 86_400L * 366 * 2_000].Select(DateTimeOffset.FromUnixTimeSeconds);

    private static readonly string[] Spellings =
    [
        "{0:yyyy-MM-dd'T'HH:mm:ss}{2}", "{0:yyyy-MM-dd HH:mm:ss}{2}", "{0:yyyy-MM-dd HH:mm:ss} {1}", "{0:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF}{2}", "{0:yyyyMMdd'T'HHmmss}{1}", "{0:ddd, dd MMM yyyy HH:mm:ss} {1}", "{0:ddd, d MMM yyyy HH:mm:ss} {1}",
        "{0:dd MMM yyyy HH:mm:ss} {1}", "{0:dddd, dd MMMM yyyy HH:mm:ss} {1}", "{0:MMM d, yyyy, h:mm:ss tt} {1}", "{0:ddd MMM d HH:mm:ss} {1} {0:yyyy}", "{0:dd.MM.yyyy HH:mm:ss} {1}",
    ];

    /// <summary>Written as RFC 3339 and RFC 822 want it, possible or not.</summary>
    private static readonly Gen<string> Written = Gen.Select(Gen.Int[1, 9999], Gen.Int[0, 13], Gen.Int[0, 32], Gen.Int[0, 25], Gen.Int[0, 61], Gen.Bool, Gen.OneOf("Z", "GMT", "UT", "+01:00", "-1100", "+0530", "-14:00", "+15:00", "+1460", "EST", "", "+0100 (CET)"))
        .Select((year, month, day, hour, second, isMail, zone) => isMail
            ? string.Create(CultureInfo.InvariantCulture, $"Mon, {day:00} {(month is 0 or 13 ? "Foo" : CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month))} {year:0000} {hour:00}:07:{second:00} {zone}")
            : string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}T{hour:00}:07:{second:00}{zone}"));

    private static readonly Gen<string> AnyDate = Gen.OneOf("Mon", ", ", " ", "1", "12", "31", "Mar", "März", "Foo", "2026", "26", "0000", "9999", "08:00", ":59", ":60", "T", "Z", "GMT", "+0100", "+01:00", "-", ".", "Uhr", "pm", "(CET)").Array[0, 12].Select(parts => string.Concat(parts));

    [Fact]
    public void Dates_do_not_depend_on_the_machines_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new CultureInfo("tr-TR");

            Assert.Equal(Make.Instant("2026-04-01T08:00Z"), FeedDates.Find("wed, 01 apri 2026 08:00:00 utc"));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }
}
