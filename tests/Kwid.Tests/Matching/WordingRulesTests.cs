using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

public class WordingRulesTests
{
    [Theory]
    [InlineData("Aktive Ausnutzung gemeldet", News.Exploited)]
    [InlineData("Schwachstelle wird ausgenutzt", News.Exploited)]
    [InlineData("CVE-2026-0001 wird aktiv ausgenutzt", News.Exploited)]
    [InlineData("Aktive Ausnutzung und Referenz(en) aufgenommen: EUVD-2026-1", News.Exploited)]
    [InlineData("Libfoo als Referenz aufgenommen, PoC ergänzt, Aktive Ausnutzung durch APT", News.Exploited)]
    [InlineData("Potentielle Ausnutzung gemeldet, Text und Bewertung angepasst", News.ExploitationSuspected)]
    [InlineData("PoC aufgenommen", News.ProofOfConcept)]
    [InlineData("weiteren PoC aufgenommen", News.ProofOfConcept)]
    [InlineData("PoC für CVE-2026-0001 aufgenommen, Bewertung angepasst", News.ProofOfConcept)]
    [InlineData("Exploit aufgenommen CVE-2026-0001", News.ProofOfConcept)]
    [InlineData("Beschreibung CVE-2026-0001 angepasst, Exploit verfügbar", News.ProofOfConcept)]
    [InlineData("Neue Updates von Red Hat aufgenommen, Red Hat ebenfalls betroffen, PoC verfügbar", News.ProofOfConcept)]
    [InlineData("Exploit published", News.ProofOfConcept)]
    [InlineData("CVE ergänzt", News.CveAdded)]
    [InlineData("CVE's ergänzt", News.CveAdded)]
    [InlineData("CVE-Nummern ergänzt", News.CveAdded)]
    [InlineData("CVE-2026-0001, CVE-2026-0002 ergänzt", News.CveAdded)]
    [InlineData("CVE-2026-0001 + CVE-2026-0002 ergänzt", News.CveAdded)]
    [InlineData("CVE-2026-0001 aufgenommen", News.CveAdded)]
    [InlineData("CVE und Produkte ergänzt,", News.CveAdded)]
    [InlineData("Edge Update und CVE-2026-0001 aufgenommen", News.CveAdded)]
    [InlineData("weitere Mattermost Schwachstelle aufgenommen", News.CveAdded)]
    [InlineData("Patch eingetragen", News.FixAvailable)]
    [InlineData("Neue gefixte Version von Cisco aufgenommen", News.FixAvailable)]
    [InlineData("Workaround ergänzt", News.WorkaroundAvailable)]
    [InlineData("Zurückgezogen", News.Withdrawn)]
    public void Wordings_that_matter_are_news(string summary, News news) => Assert.Equal(news, WordingRules.Default.Find(summary)?.News);

    [Theory]
    [InlineData("Initiale Fassung")]
    [InlineData("Neue Updates von SUSE und Debian aufgenommen")]
    [InlineData("Neue Updates aufgenommen")]
    [InlineData("New remediations available")]
    [InlineData("Referenz(en) aufgenommen: EUVD-2026-1, CVE-2026-0001")]
    [InlineData("Referenz(en) aufgenommen: exploit-db 1")]
    [InlineData("CVE-2026-0001 von Microsoft neu bewertet")]
    [InlineData("Beschreibung von CVE-2026-0001 angepasst und ergänzt")]
    [InlineData("Text zur Gegenmaßnahme präzisiert")]
    [InlineData("Edge Update aufgenommen")]
    [InlineData("Korrektur: wird nicht ausgenutzt")]
    [InlineData("SICAM P850 ebenfalls betroffen")]
    [InlineData("")]
    public void Wordings_that_do_not_are_silent(string summary) => Assert.Null(WordingRules.Default.Find(summary)?.News);

    [Fact]
    public void An_operators_rule_takes_the_place_of_the_one_with_its_id_and_others_come_first()
    {
        var rules = WordingRules.Default.With([WordingRule.Of("distributor", "^Neue Updates von Debian", News.FixAvailable), WordingRule.Of("own", "Ausnutzung", null)]);

        Assert.Equal(News.FixAvailable, rules.Find("Neue Updates von Debian aufgenommen")?.News);
        Assert.Null(rules.Find("Neue Updates von SUSE aufgenommen"));
        Assert.Equal("own", rules.Find("Aktive Ausnutzung gemeldet")?.Id);
    }

    [Fact]
    public void Attacks_and_a_withdrawal_are_read_off_the_history()
    {
        var entry = Make.Entry() with
        {
            History = [new("1", Make.Instant("2026-03-01T23:00Z"), "PoC aufgenommen"), new("2", Make.Instant("2026-03-02T23:00Z"), "Aktive Ausnutzung gemeldet"), new("3", Make.Instant("2026-03-03T23:00Z"), "PoC aufgenommen")],
        };

        Assert.Equal(new Exploitation(ExploitationLevel.Exploited, Since: Make.Instant("2026-03-02T23:00Z")), WordingRules.Default.Complete(entry).Exploitation);
        Assert.Equal("Zurückgezogen", WordingRules.Default.Complete(entry with { History = [.. entry.History, new("4", null, "Zurückgezogen")] }).Withdrawn);
        Assert.Null(WordingRules.Default.Complete(entry with { History = [new("1", null, "Zurückgezogen"), .. entry.History] }).Withdrawn);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_does_not_fit()
    {
        var slow = WordingRule.Of("slow", "^(a+)+$", News.Exploited);

        Assert.False(slow.Fits(new string('a', 40) + "!"));
    }
}
