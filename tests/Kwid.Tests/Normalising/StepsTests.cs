using System.Text.RegularExpressions;
using CsCheck;
using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

/// <summary>The small steps, one rule a test.</summary>
public partial class StepsTests
{
    [Theory]
    [InlineData("[NEU] [hoch] Titel", "Titel", "hoch", false)]
    [InlineData("[UPDATE][UNGEPATCHT][Kritisch]Titel", "Titel", "Kritisch", true)]
    [InlineData("[hoch] [ NEU ] Titel", "Titel", "hoch", false)]
    [InlineData("[NEU] [R1] [hoch] Titel", "[R1] [hoch] Titel", null, false)]
    [InlineData("Titel [hoch]", "Titel [hoch]", null, false)]
    [InlineData("[NEU]", "", null, false)]
    public void Words_in_brackets_at_the_start_are_a_set(string title, string text, string? severity, bool noPatch)
    {
        var read = WidTitle.Read(title);

        Assert.Equal((text, severity, noPatch), (read.Text, read.SeverityWord, read.NoPatch));
    }

    [Theory]
    [InlineData("WID-SEC-2026-0001", null, "WID-SEC-2026-0001")]
    [InlineData("wid-sec-w-2023-1234", null, "WID-SEC-2023-1234")]
    [InlineData("https://wid.cert-bund.de/.well-known/csaf/white/2026/wid-sec-w-2026-0001.json", null, "WID-SEC-2026-0001")]
    [InlineData(null, "https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-10001", "WID-SEC-2026-10001")]
    [InlineData(null, "https://spiegel.example/x?y=1&name=WID-SEC-W-2026-0001", "WID-SEC-2026-0001")]
    [InlineData(null, "https://spiegel.example/WID-SEC-2026-0001", null)]
    [InlineData(null, "https://spiegel.example/?name=see-WID-SEC-2026-0001", null)]
    [InlineData("see WID-SEC-2026-0001", null, null)]
    [InlineData("XWID-SEC-2026-0001", null, null)]
    public void A_native_id_is_taken_from_guid_and_page_only_where_its_publisher_puts_it(string? guid, string? permalink, string? expected) =>
        Assert.Equal(expected, PublisherIds.BuiltIn.Find(null, guid, permalink is null ? null : new Uri(permalink), "WID-SEC-2026-9999: Titel")?.ToString());

    [Theory]
    [InlineData("CVE-2026-1234, cve-2026-1234 und CVE-2025-99999", "CVE-2025-99999 CVE-2026-1234")]
    [InlineData("CVE\u20112026\u20131234 / CVE 2026-1235 / CVE_2026_1236", "CVE-2026-1234 CVE-2026-1235 CVE-2026-1236")]
    [InlineData("<a href=\"https://x.example/cve-2026-1234.html\">", "CVE-2026-1234")]
    [InlineData("CVE-2026-123, CVE-2026-12345678901234567890, XCVE-2026-1234, CVE-26-1234", "")]
    public void Cve_ids_are_found_distinct_and_sorted(string text, string expected) => Assert.Equal(expected, string.Join(' ', CveFinder.Find([text, null])));

    [Theory]
    [InlineData("TLP:GREEN", Tlp.Green)]
    [InlineData("[tlp: white] Titel", Tlp.Clear)]
    [InlineData("Titel (TLP:AMBER+STRICT)", Tlp.AmberStrict)]
    [InlineData("TLP:AMBER STRICT", Tlp.AmberStrict)]
    [InlineData("TLP AMBER", Tlp.Amber)]
    [InlineData("TLP:CLEAR and TLP:AMBER", Tlp.Amber)]
    [InlineData("TLP:PURPLE", Tlp.Red)]
    [InlineData("TLP:", Tlp.Red)]
    [InlineData("TLP:GREENISH", Tlp.Red)]
    [InlineData("TLP:GREEN+STRICT", Tlp.Red)]
    [InlineData("TLP-Einstufung: AMBER", Tlp.Amber)]
    [InlineData("TLPv2: AMBER", Tlp.Amber)]
    [InlineData("TLP v2: AMBER", Tlp.Amber)]
    [InlineData("TLP 2: AMBER", Tlp.Amber)]
    [InlineData("Traffic Light Protokoll (TLP): AMBER", Tlp.Amber)]
    [InlineData("Traffic Light Protokoll (TLP): amber", Tlp.Amber)]
    [InlineData("Traffic-Light-Protokoll: AMBER", Tlp.Amber)]
    [InlineData("TLP-Kennzeichnung: AMBER", Tlp.Amber)]
    [InlineData("TLP-Farbe: AMBER", Tlp.Amber)]
    [InlineData("TLP status: AMBER", Tlp.Amber)]
    [InlineData("TLP | AMBER", Tlp.Amber)]
    [InlineData("(TLP) AMBER", Tlp.Amber)]
    [InlineData("**TLP**: AMBER", Tlp.Amber)]
    [InlineData("TLP, AMBER", Tlp.Amber)]
    [InlineData("TLP; AMBER", Tlp.Amber)]
    [InlineData("TLP\u2011AMBER", Tlp.Amber)]
    [InlineData("TLP\u2010AMBER\u2010STRICT", Tlp.AmberStrict)]
    [InlineData("TLP-Kategorie AMBER+STRICT", Tlp.AmberStrict)]
    [InlineData("TLP Version 2.0 AMBER", Tlp.Amber)]
    [InlineData("TLP-Farbe: PURPLE", Tlp.Red)]
    [InlineData("TLP-Klassifizierung: TLP:RED", Tlp.Red)]
    [InlineData("TLP 2.0: AMBER", Tlp.Amber)]
    [InlineData("TLP – AMBER", Tlp.Amber)]
    [InlineData("TLP (AMBER)", Tlp.Amber)]
    [InlineData("tlp/amber", Tlp.Amber)]
    [InlineData("TLP: „AMBER“", Tlp.Amber)]
    [InlineData("TLP:AMBER/STRICT", Tlp.AmberStrict)]
    [InlineData("TLP:AMBER (STRICT)", Tlp.AmberStrict)]
    [InlineData("tlp:amber:strict", Tlp.AmberStrict)]
    [InlineData("ＴＬＰ：ＡＭＢＥＲ", Tlp.Amber)]
    [InlineData("Hinweis nach Traffic Light Protocol: GREEN", Tlp.Green)]
    public void A_label_is_read_and_an_unknown_one_is_red(string text, Tlp expected) => Assert.Equal(expected, TlpReader.Find([text]));

    [Theory]
    [InlineData("TLP:AMBER\nText", Tlp.Amber)]
    [InlineData("TLP: GREEN – nur für Mitglieder", Tlp.Green)]
    [InlineData("[TLP:AMBER+STRICT] Text", Tlp.AmberStrict)]
    [InlineData("*** TLP:RED ***", Tlp.Red)]
    [InlineData("Einstufung: TLP:AMBER", Tlp.Amber)]
    [InlineData("Classification TLP:AMBER", Tlp.Amber)]
    [InlineData("Traffic-Light Protocol: TLP:GREEN", Tlp.Green)]
    [InlineData("TLP:CLEAR / TLP:AMBER Text", Tlp.Amber)]
    [InlineData("Einstufung intern: TLP:AMBER", Tlp.Amber)]
    [InlineData("TLP:PURPLE", Tlp.Red)]
    [InlineData("tlp:white", Tlp.Clear)]
    [InlineData("Schwachstelle in Libfoo\nTLP:AMBER\nText", Tlp.Amber)]
    [InlineData("Sehr geehrte Damen und Herren,\n\nTLP:AMBER", Tlp.Amber)]
    [InlineData("Hello all,\nTLP:RED", Tlp.Red)]
    [InlineData("Home > Advisories\nTLP:GREEN", Tlp.Green)]
    [InlineData("Titel Libfoo\nTLP AMBER", Tlp.Amber)]
    [InlineData("TLP\nAMBER", Tlp.Amber)]
    [InlineData("TLPv2: AMBER", Tlp.Amber)]
    [InlineData("Traffic-Light-Protokoll: AMBER", Tlp.Amber)]
    [InlineData("TLP-Kennzeichnung: AMBER", Tlp.Amber)]
    [InlineData("| TLP | AMBER |", Tlp.Amber)]
    [InlineData("(TLP) AMBER", Tlp.Amber)]
    [InlineData("**TLP**: AMBER", Tlp.Amber)]
    [InlineData("**TLP**\nAMBER", Tlp.Amber)]
    [InlineData("Traffic Light Protokoll (TLP)\nAMBER", Tlp.Amber)]
    [InlineData("TLP\u2011AMBER", Tlp.Amber)]
    [InlineData("TLP:\nCLEAR\nText", Tlp.Clear)]
    [InlineData("TLP:", Tlp.Red)]
    [InlineData("2026-03-01 | TLP:AMBER", Tlp.Amber)]
    [InlineData("Version 1.0, 1. März 2026, TLP:AMBER", Tlp.Amber)]
    [InlineData("Stand: 01.03.2026 TLP:AMBER", Tlp.Amber)]
    [InlineData("Warnstufe 3 · TLP:AMBER", Tlp.Amber)]
    [InlineData("Dieses Dokument ist TLP:AMBER eingestuft.", Tlp.Amber)]
    [InlineData("This advisory has been marked as TLP:RED.", Tlp.Red)]
    [InlineData("Traffic Light Protocol (TLP): AMBER", Tlp.Amber)]
    [InlineData("Traffic Light Protocol\nGREEN", Tlp.Green)]
    [InlineData("TLP:AMBER – STRICT", Tlp.AmberStrict)]
    public void A_label_that_begins_the_body_counts(string body, Tlp expected) => Assert.Equal(expected, TlpReader.Find(["Titel"], body));

    [Theory]
    [InlineData("Das Dokument trägt das Label TLP:AMBER und bleibt intern.")]
    [InlineData("Die Regeln des TLP:RED")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\nTLP:AMBER")]
    [InlineData("TLP\nDas Protokoll regelt die Weitergabe")]
    [InlineData("Traffic Light Protocol: siehe unten")]
    [InlineData("TLP in Behörden")]
    [InlineData("")]
    public void A_mention_in_the_body_is_no_label(string body) => Assert.Null(TlpReader.Find(["Titel"], body));

    [Fact]
    public void The_strictest_label_of_title_body_and_summary_counts()
    {
        Assert.Equal(Tlp.Amber, Normalise(new RawEntry { Title = "A [TLP:CLEAR]", Content = "<p>TLP:AMBER</p><p>Text</p>" }, Tlp.Clear).Tlp);
        Assert.Equal(Tlp.Red, Normalise(new RawEntry { Title = "A [TLP:RED]", Content = "<p>TLP:CLEAR</p><p>Text</p>" }, Tlp.Clear).Tlp);
        Assert.Equal(Tlp.Green, Normalise(new RawEntry { Title = "A", Content = "<p>Text</p>", Summary = "TLP:GREEN – Text" }, Tlp.Clear).Tlp);
    }

    [Fact]
    public void Cve_ids_are_found_as_a_pattern_would_find_them() =>
        Gen.OneOf("CVE", "cve", "-", "‑", "–", "_", " ", "\n", "\u00A0", "2026", "1999", "1899", "2O26", "1234", "12", "-2026-", "CVE-2026-1234", "x", "é", "\u0301", "\u200D", "\u0903", "<", "١٢٣٤").Array[0, 12].Select(pieces => string.Concat(pieces)).Sample(text =>
        {
            var expected = CvePattern().Matches(text).Select(match => $"CVE-{match.Groups["year"].Value}-{match.Groups["number"].Value}").Where(CveId.IsValid).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

            Assert.Equal(expected, CveFinder.Find([text]).Select(id => id.ToString()));
        }, iter: Effort.Times(10_000));

    [Theory]
    [InlineData("GREEN")]
    [InlineData("TLP in Behörden")]
    [InlineData("HTLP:GREEN")]
    [InlineData("TLP-Regeln für Red Hat")]
    [InlineData("Was ist TLP? Red Hat erklärt es")]
    [InlineData("Das TLP regelt die Weitergabe, auch von RED")]
    public void What_is_no_label_says_nothing(string text) => Assert.Null(TlpReader.Find([text]));

    [Theory]
    [InlineData("Severity: Important", "Important", Severity.High)]
    [InlineData("niedrig", "niedrig", Severity.Low)]
    [InlineData("Schweregrad: sehr hoch", "sehr hoch", Severity.Critical)]
    public void A_severity_keeps_its_sources_word(string category, string word, Severity band) =>
        Assert.Equal(new WordedSeverity(band, word), SeverityReader.Read(null, ["Sonstiges", category], ""));

    [Fact]
    public void A_word_of_severity_in_a_sentence_is_none() => Assert.Null(SeverityReader.Read(null, ["High Availability"], "The impact is critical and the risk high."));

    [Theory]
    [InlineData("HTTPS://Upstream.Example:443/A?utm_source=x&b=%20&UTM_medium=y#Teil", "https://upstream.example/A?b=%20#Teil")]
    [InlineData("/a?utm_source=x", "https://base.example/a")]
    [InlineData("../c", "https://base.example/c")]
    [InlineData(" https://x.example/a\n b ", "https://x.example/a%20b")]
    [InlineData("?mtmx=1&q=fbclid", "https://base.example/dir/?mtmx=1&q=fbclid")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("java\nscript:alert(1)", null)]
    [InlineData("mailto:a@b.example", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("https://user:secret@x.example/", null)]
    [InlineData("http://", null)]
    [InlineData("", null)]
    public void A_page_is_an_absolute_web_address_without_tracking(string reference, string? expected) =>
        Assert.Equal(expected, Links.Find(reference, new Uri("https://base.example/dir/"))?.AbsoluteUri);

    [Fact]
    public void The_key_of_an_entry_without_guid_and_page_is_its_title_and_day()
    {
        var morning = EntryGuid.Get(" ", null, "Titel", Make.Instant("2026-03-01T08:00Z"));
        var evening = EntryGuid.Get(null, null, "Titel", Make.Instant("2026-03-01T20:00Z"));
        var nextDay = EntryGuid.Get(null, null, "Titel", Make.Instant("2026-03-02T08:00Z"));

        Assert.StartsWith("sha256:", morning, StringComparison.Ordinal);
        Assert.Equal(morning, evening);
        Assert.NotEqual(morning, nextDay);
    }

    [Fact]
    public void A_guid_is_kept_byte_for_byte() => Assert.Equal(" Guid A ", EntryGuid.Get(" Guid A ", new Uri("https://x.example/"), "Titel", null));

    [Fact]
    public void A_word_of_the_update_does_not_change_the_key_of_an_entry_without_guid_and_page()
    {
        var first = Normalise(new RawEntry { Title = "[NEU] [hoch] Libfoo", Published = "2026-03-01" });
        var second = Normalise(new RawEntry { Title = "[UPDATE] [kritisch] Libfoo", Published = "2026-03-01" });

        Assert.Equal(first.Guid, second.Guid);
        Assert.Equal((Severity.High, Severity.Critical), (first.Severity!.Value, second.Severity!.Value));
    }

    [Fact]
    public void A_label_in_the_title_overrides_the_sources_default_in_both_directions()
    {
        Assert.Equal(Tlp.Amber, Normalise(new RawEntry { Title = "A [TLP:AMBER]" }, Tlp.Clear).Tlp);
        Assert.Equal(Tlp.Clear, Normalise(new RawEntry { Title = "B", Categories = ["TLP:CLEAR"] }, Tlp.Green).Tlp);
        Assert.Equal(Tlp.Green, Normalise(new RawEntry { Title = "C" }, Tlp.Green).Tlp);
    }

    private static Entry Normalise(RawEntry raw, Tlp tlp = Tlp.Clear) =>
        Assert.IsType<NormaliseOutcome.Accepted>(Normaliser.Normalise(Make.Source(tlp: tlp), raw, new Uri("https://upstream.example/"), Make.Instant("2026-03-10T12:00Z"))).Entry;

    [GeneratedRegex(@"\bCVE[\s_]*[-\u2010-\u2015\u2212\uFE63\uFF0D\s_][\s_]*(?<year>(?:19|20)[0-9]{2})[-\u2010-\u2015\u2212\uFE63\uFF0D_](?<number>[0-9]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CvePattern();
}
