using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Tests.Pipeline;

namespace Kwid.Tests.Publishing;

/// <summary>What a reader finds in an entry, offline.</summary>
public class EntryBodyTests
{
    [Fact]
    public void A_range_and_the_version_that_ends_it_say_what_to_do()
    {
        var html = Body(Make.Entry() with { Products = [Affected("FortiOS", "<7.2.12"), Fixed("FortiOS", "7.2.12")] });

        Assert.Contains("<h3>Was ist zu tun?</h3><p>Betroffen: Fortinet FortiOS vor 7.2.12. Aktualisieren Sie auf 7.2.12 oder neuer.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<h3>Bin ich betroffen?</h3><ul><li><strong>Fortinet FortiOS</strong>: betroffen vor 7.2.12; behoben in 7.2.12</li></ul>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_branches_of_versions_each_have_their_own()
    {
        var html = Body(Make.Entry() with { Products = [Affected("FortiOS", "<7.2.12"), Affected("FortiOS", "<7.4.8"), Fixed("FortiOS", "7.2.12"), Fixed("FortiOS", "7.4.8"), Affected("FortiProxy", "<=7.0")] });

        Assert.Contains("<p>Betroffen: Fortinet FortiOS vor 7.2.12, vor 7.4.8. Aktualisieren Sie je nach Versionszweig auf 7.2.12, 7.4.8 oder neuer.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<li><strong>Fortinet FortiProxy</strong>: betroffen bis 7.0</li>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.0", "3.1", "Behoben: Fortinet FortiOS 3.1.")]
    [InlineData("<4.0", "3.1", "Behoben: Fortinet FortiOS 3.1.")]
    [InlineData("vers:semver/>=7.2.0|<7.2.12", "7.2.12", "Betroffen: Fortinet FortiOS ab 7.2.0, vor 7.2.12. Aktualisieren Sie auf 7.2.12 oder neuer.")]
    [InlineData("Server <9.2", "Server 9.2", "Betroffen: Fortinet FortiOS Server vor 9.2. Aktualisieren Sie auf Server 9.2 oder neuer.")]
    public void No_more_is_claimed_than_the_versions_say(string affected, string mended, string sentence) =>
        Assert.Contains($"<p>{sentence}</p>", Body(Make.Entry() with { Products = [Affected("FortiOS", affected), Fixed("FortiOS", mended)] }), StringComparison.Ordinal);

    [Fact]
    public void What_is_affected_and_mended_in_the_same_words_is_not_mended()
    {
        var html = Body(Make.Entry() with { Products = [Affected("Kerberos", ">=1.18"), Fixed("Kerberos", ">=1.18")] });

        Assert.DoesNotContain("Behoben", html, StringComparison.Ordinal);
        Assert.Contains("Prüfen Sie, ob Sie Fortinet Kerberos einsetzen", html, StringComparison.Ordinal);
        Assert.Contains("betroffen ab 1.18</li>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_exploited_is_to_be_handled_at_once_and_by_whose_word()
    {
        var html = Body(Make.Entry() with { Exploitation = new Exploitation(ExploitationLevel.Exploited, "CISA KEV", Make.Instant("2026-03-01T23:00Z")) }, hotline: "0211 1");

        Assert.Contains("<p><strong>Sofort handeln, auf Einbruchsspuren prüfen.</strong></p><p>Hotline: 0211 1</p>", html, StringComparison.Ordinal);
        Assert.Contains("<dd>wird ausgenutzt, gemeldet von CISA KEV am 2. März 2026</dd>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_update_that_is_said_and_what_the_source_advises_instead()
    {
        var html = Body(Make.Entry() with
        {
            Language = "en",
            Remediations = [new Remediation(RemediationKind.None, "None available", null), new Remediation(RemediationKind.Workaround, "Disable <x>", new Uri("https://vendor.example/w"))],
        });

        Assert.Contains("<p>Noch kein Update. Dienst nicht aus dem Internet erreichbar machen, Hersteller beobachten.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<p><strong>Workaround</strong> (auf Englisch): Disable &lt;x&gt; <a href=\"https://vendor.example/w\">https://vendor.example/w</a></p>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://www.fortinet.com/a", "; der Hersteller beschreibt Abhilfe hier: <a href=\"https://www.fortinet.com/a\">")]
    [InlineData("https://fortinet.example.org/a", "; der Hersteller beschreibt Abhilfe hier: <a href=\"https://fortinet.example.org/a\">")]
    [InlineData("https://example.org/fortinet", ". Der Hinweis beschreibt Einzelheiten und Abhilfe hier: <a href=\"https://upstream.example/1\">")]
    public void Only_a_vendors_own_page_is_called_so(string page, string expected) => Assert.Contains(
        "Prüfen Sie, ob Sie Fortinet FortiOS einsetzen" + expected,
        Body(Make.Entry() with { Products = [Affected("FortiOS", "7")], References = [new Reference(new Uri("https://nvd.example/1"), null), new Reference(new Uri(page), null)] }),
        StringComparison.Ordinal);

    [Fact]
    public void The_page_of_one_vendor_is_not_given_for_the_product_of_another()
    {
        var html = Body(Make.Entry() with
        {
            Products = [new Product("Open Source", "avahi", "<1", ProductStatus.Affected), new Product("SUSE", "SUSE Linux", null, ProductStatus.Affected)],
            References = [new Reference(new Uri("https://lists.suse.com/1"), "SUSE-SU-1"), new Reference(new Uri("https://open.example/"), null), new Reference(new Uri("https://upstream.example/a.json"), "CSAF")],
        });

        Assert.Contains("<p>Prüfen Sie, ob Sie avahi, SUSE Linux einsetzen. Der Hinweis beschreibt", html, StringComparison.Ordinal);
        Assert.Contains("<h3>Weitere Informationen</h3><ul><li><a href=\"https://lists.suse.com/1\">SUSE-SU-1</a></li><li><a href=\"https://open.example/\">open.example</a></li></ul>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_verified_says_so_first() => Assert.Contains(
        "<h3>Was ist zu tun?</h3><p><strong>Nicht verifiziert:</strong> Es ist nicht sicher, dass der Hinweis so von seinem Herausgeber stammt (Prüfsumme).</p>",
        Body(Make.Entry() with { Unverified = "Prüfsumme" }), StringComparison.Ordinal);

    [Fact]
    public void Long_lists_are_bounded_and_say_how_much_more_there_is()
    {
        var html = Body(Make.Entry(cves: [.. Enumerable.Range(10000, 40).Select(number => $"CVE-2026-{number}")]) with
        {
            Products = [.. Enumerable.Range(1, 12).Select(number => Affected($"P{number}", "1"))],
            References = [.. Enumerable.Range(1, 25).Select(number => new Reference(new Uri($"https://r{number}.example/"), null))],
            History = [.. Enumerable.Range(1, 13).Select(number => new HistoryItem($"{number}", Make.Instant($"2026-03-{number:00}T23:00Z"), $"Nachtrag {number}"))],
        });

        Assert.All(["<li>… und 2 weitere</li>", "<li>… und 5 weitere</li>", "<li>… und 3 ältere</li>", "CVE-2026-10029, … und 10 weitere"], more => Assert.Contains(more, html, StringComparison.Ordinal));
        Assert.Contains("<h3>Verlauf bei der Quelle</h3><ul><li>14. März 2026: Nachtrag 13</li>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void All_who_tell_it_are_named_and_whose_score_it_is()
    {
        var shown = Make.Revision(Make.Entry() with { Cvss = new Cvss("3.1", 9.8, null) { By = "EUVD" } }) with
        {
            Origin = new Origin("Eins", "A", "L1", "https://one.example/"),
            OtherOrigins = [new Origin("Zwei", "B", "L2", "https://two.example/")],
        };

        var html = new EntryBody(Workshop.Identity).Compose(shown, [], []);

        Assert.Contains("<h3>Quellen</h3><p>Eins (A, Lizenz: L1): <a", html, StringComparison.Ordinal);
        Assert.Contains("<p>Auch gemeldet von: Zwei (B, Lizenz: L2)</p>", html, StringComparison.Ordinal);
        Assert.Contains("<dd>9,8 (Version 3.1, bewertet von EUVD)</dd>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_marks_holes_stays_out_of_every_part()
    {
        var html = Body(Make.Entry(text: "a\uFDD1b") with { Products = [Affected("P\uFDD1Q", "1")], Unverified = "\uFDD0" });

        Assert.Equal(1, html.Count(c => c is >= '\uFDD0' and <= '\uFDD2'));
    }

    private static Product Affected(string name, string version) => new("Fortinet", name, version, ProductStatus.Affected);

    private static Product Fixed(string name, string version) => new("Fortinet", name, version, ProductStatus.Fixed);

    private static string Body(Entry entry, string? hotline = null) => new EntryBody(Workshop.Identity with { Hotline = hotline }).Compose(Make.Revision(entry), [], []);
}
