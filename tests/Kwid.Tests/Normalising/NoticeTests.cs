using System.Text;
using Kwid.Core.Model;
using Kwid.Core.Normalising;
using Kwid.Core.Pipeline;

namespace Kwid.Tests.Normalising;

/// <summary>What a notice's file may say, and how it is told what is wrong with it.</summary>
public class NoticeTests
{
    private const string Least = "title: Server abschalten\nstatus: final\ntlp: CLEAR";

    [Fact]
    public void Every_field_is_read()
    {
        var entry = Entry("title: \"Exchange: abschalten\"\nid: 2026-1\nseverity: hoch\ntlp: TLP:AMBER+STRICT\nrecipients: [\"05315000\", \"053\", stadtwerke-musterstadt]\nproducts:\n  - Microsoft Exchange\n  - Outlook\nrelates:\n- wid-sec-w-2026-0001\n- CVE-2026-1234\nvalidUntil: 2026-07-31\nstatus: final\nexploited: true");

        Assert.Equal(("KWID-2026-1", "muster", "Exchange: abschalten"), (entry.NativeId.ToString(), entry.Guid, entry.Title));
        Assert.Equal((Severity.High, "hoch", Tlp.AmberStrict, ExploitationLevel.Exploited), (entry.Severity, entry.SeverityWord, entry.Tlp, entry.Exploitation?.Level));
        Assert.Equal(["05315000", "053", "stadtwerke-musterstadt"], entry.Recipients);
        Assert.Equal(["Microsoft Exchange", "Outlook"], entry.Products.Select(product => product.Name));
        Assert.Equal(("WID-SEC-2026-0001", "CVE-2026-1234"), (Assert.Single(entry.Names).ToString(), Assert.Single(entry.Cves).ToString()));
        Assert.Equal(Make.Instant("2026-07-31T21:59:59Z"), entry.ValidUntil);
        Assert.True(entry.IsNotice);
    }

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T22:59:59Z")]
    [InlineData("2026-01-31T12:00", "2026-01-31T11:00:00Z")]
    [InlineData("2026-01-31 12:00:30", "2026-01-31T11:00:30Z")]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31T12:00+05:00", "2026-01-31T07:00:00Z")]
    public void A_day_means_its_end_and_what_bears_no_zone_is_meant_in_that_of_the_service(string written, string instant) =>
        Assert.Equal(Make.Instant(instant), Entry($"{Least}\nvalidUntil: {written}").ValidUntil);

    [Theory]
    [InlineData("title: X\nstatus: final", "1:1 tlp: found no such field")]
    [InlineData("title: X\nstatus: finale\ntlp: CLEAR", "3:1 status: found \"finale\"")]
    [InlineData("status: final\ntlp: CLEAR", "1:1 title: found no such field")]
    [InlineData("title:\nstatus: final\ntlp: CLEAR", "2:1 title: found nothing")]
    [InlineData(Least + "\nseverty: hoch", "5:1 severty: found an unknown field")]
    [InlineData(Least + "\nseverity: [hoch]", "5:1 severity: found a list")]
    [InlineData(Least + "\nrecipients: []", "5:1 recipients: found an empty list")]
    [InlineData(Least + "\nrecipients:\n  - \"05315000\"\n  - Köln", "7:5 recipients: found \"Köln\"")]
    [InlineData(Least + "\nrelates: [Irgendwas]", "5:11 relates: found \"Irgendwas\"")]
    [InlineData(Least + "\nvalidUntil: 31.12.2026", "5:1 validUntil: found \"31.12.2026\"")]
    [InlineData(Least + "\nexploited: vielleicht", "5:1 exploited: found \"vielleicht\"")]
    [InlineData(Least + "\nid: Lücke", "5:1 id: found \"Lücke\"")]
    [InlineData(Least + "\nreason: Messfehler", "5:1 reason: found a reason without a withdrawal")]
    [InlineData("title: X\nstatus: withdrawn\ntlp: CLEAR", "1:1 reason: found 0 characters")]
    [InlineData(Least + "\ntitle: Y", "5:1 title: found it twice")]
    [InlineData(Least + "\nproducts: &a [x]", "5:11 products: found an anchor or alias")]
    [InlineData("title: &a X\nstatus: *a\ntlp: CLEAR", "2:8 title: found an anchor or alias")]
    [InlineData(Least + "\nseverity: !!str hoch", "5:11 severity: found a tag")]
    [InlineData(Least + "\nproducts: {a: b}", "5:11 products: found something nested")]
    [InlineData(Least + "\nproducts: [[a]]", "5:12 products: found something nested")]
    [InlineData("title: X: Y: Z\nstatus: final\ntlp: CLEAR", "2:9 $: found something that can't be read")]
    [InlineData("- a\n- b", "2:1 $: found no fields")]
    [InlineData("", "3:1 $: found no fields")]
    [InlineData("title: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nstatus: final\ntlp: CLEAR", "2:1 title: found 91 characters")]
    public void A_mistake_is_told_with_its_place(string head, string told)
    {
        var outcome = Read($"---\n{head}\n---\nText");

        Assert.Null(outcome.Entry);
        Assert.Contains(outcome.Mistakes, mistake => $"{mistake.Line}:{mistake.Column} {mistake.Key}: found {mistake.Found}".StartsWith(told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "no head")]
    [InlineData("# Titel\nText", "no head")]
    [InlineData("---\ntitle: X\nText ohne Ende", "no head")]
    [InlineData("---\n" + Least + "\n---", "no text")]
    [InlineData("---\n" + Least + "\n---\n<script>böse()</script>", "no text")]
    [InlineData("---\n" + Least + "\n---\nTLP:AMBER\n\nText", "TLP:CLEAR, but the text says TLP:AMBER")]
    public void A_file_without_head_or_text_or_with_two_labels_is_refused(string text, string found)
    {
        var outcome = Read(text);

        Assert.Null(outcome.Entry);
        Assert.Contains(outcome.Mistakes, mistake => mistake.Found == found);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal([3, 4, 5], Read("---\ntitle: X\nstatus: fertig\ntlp:\nseverity: schlimm\n---\nText").Mistakes.Select(mistake => mistake.Line));

    [Fact]
    public void A_text_that_is_no_UTF8_is_told() =>
        Assert.Equal("bytes that are no UTF-8", Assert.Single(Read(Encoding.Latin1.GetBytes($"---\n{Least}\n---\nLücke")).Mistakes).Found);

    [Fact]
    public void A_label_that_nobody_knows_counts_as_RED_and_is_told()
    {
        var outcome = Read("---\ntitle: X\nstatus: final\ntlp: AMBR\n---\nText");

        Assert.Equal(Tlp.Red, outcome.Entry?.Tlp);
        Assert.Equal("\"AMBR\", which counts as RED and reaches nobody", Assert.Single(outcome.Mistakes).Found);
    }

    [Fact]
    public void Its_text_is_Markdown_and_harmless()
    {
        var entry = Entry(Least, "# Sofort\n\n1. **Ausschalten**\n2. <img src=x onerror=böse()>Melden: https://kwid.example/x\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[Falle](javascript:alert(1))");

        Assert.Contains("<strong>Ausschalten</strong>", entry.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://kwid.example/x\">", entry.Html, StringComparison.Ordinal);
        Assert.Contains("<td>1</td>", entry.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", entry.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", entry.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20_000, ">")]
    [InlineData(20_000, "[")]
    [InlineData(20_000, "*a ")]
    [InlineData(5_000, "- ")]
    public void A_hostile_text_ends_in_good_time(int times, string part) =>
        Assert.True(Read($"---\n{Least}\n---\n{string.Concat(Enumerable.Repeat(part, times))}") is { Entry: not null } or { Mistakes.Count: > 0 });

    [Fact]
    public void A_file_with_Windows_line_ends_and_a_mark_of_its_byte_order_is_read() =>
        Assert.NotNull(Read('\uFEFF' + $"---\r\n{Least.ReplaceLineEndings("\r\n")}\r\n---\r\nText\r\n").Entry);

    [Fact]
    public void No_source_but_the_notices_can_bear_a_notices_id()
    {
        var ids = new PublisherIds([new Publisher("böse", @"\bKWID-[0-9]+\b", "KWID-1")]);

        Assert.Null(ids.Find("KWID-1", "KWID-1", null, "KWID-1"));
    }

    private static Entry Entry(string head, string body = "Text") => Read($"---\n{head}\n---\n{body}") is { Entry: { } entry, Mistakes.Count: 0 } ? entry : throw new InvalidOperationException(string.Join(' ', Read($"---\n{head}\n---\n{body}").Mistakes));

    private static NoticeOutcome Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static NoticeOutcome Read(byte[] bytes) => NoticeReading.Read(
        Make.Source("kwid"), new FetchedDocument(new Uri("file:///notices/muster.md"), bytes, null), Make.Instant("2026-03-10T12:00Z"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), PublisherIds.BuiltIn);
}
