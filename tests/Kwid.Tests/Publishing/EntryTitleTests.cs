using Kwid.Core.Model;
using Kwid.Core.Publishing;

namespace Kwid.Tests.Publishing;

public class EntryTitleTests
{
    [Theory]
    [InlineData("mittel", "[MITTEL → HOCH] Libfoo")]
    [InlineData("Medium", "[MITTEL → HOCH] Libfoo")]
    [InlineData("hoch", "[HOCH] Libfoo")]
    [InlineData("High", "[HOCH] Libfoo")]
    public void A_severity_that_rose_shows_both_words_unless_they_are_one_for_readers(string before, string title) => Assert.Equal(
        title, EntryTitle.Compose(Make.Entry(title: "Libfoo", severity: Severity.High), [new Change("severity", "severity-up", before, "High")]));

    [Theory]
    [InlineData("fix-available", "[HOCH · Update verfügbar] Libfoo")]
    [InlineData("workaround-available", "[HOCH · Workaround verfügbar] Libfoo")]
    [InlineData("cve-added", "[HOCH · weitere CVE] Libfoo")]
    [InlineData("exploited", "[HOCH · wird jetzt ausgenutzt] Libfoo")]
    [InlineData("exploitation-suspected", "[HOCH · Ausnutzung vermutet] Libfoo")]
    [InlineData("poc", "[HOCH · PoC/Exploit bekannt] Libfoo")]
    [InlineData("text", "[HOCH] Libfoo")]
    public void The_news_stand_beside_the_severity(string rule, string title) =>
        Assert.Equal(title, EntryTitle.Compose(Make.Entry(title: "Libfoo", severity: Severity.High), [new Change("x", rule, null, null)]));

    [Theory]
    [InlineData(ExploitationLevel.Exploited, "[HOCH · wird ausgenutzt] Libfoo")]
    [InlineData(ExploitationLevel.Suspected, "[HOCH · Ausnutzung vermutet] Libfoo")]
    [InlineData(ExploitationLevel.ProofOfConcept, "[HOCH · PoC/Exploit bekannt] Libfoo")]
    public void What_is_known_of_attacks_stands_there_from_the_first(ExploitationLevel level, string title) =>
        Assert.Equal(title, EntryTitle.Compose(Make.Entry(title: "Libfoo", severity: Severity.High) with { Exploitation = new Exploitation(level) }, []));

    [Fact]
    public void That_there_is_no_update_stands_there_until_there_is_one()
    {
        var unpatched = Make.Entry(title: "Libfoo", severity: Severity.High) with { Remediations = [new Remediation(RemediationKind.None, "", null)] };
        var patched = unpatched with { Products = [new Product("Foo", "Libfoo", "2", ProductStatus.Fixed)] };

        Assert.Equal("[HOCH · noch kein Update] Libfoo", EntryTitle.Compose(unpatched, []));
        Assert.Equal("[HOCH] Libfoo", EntryTitle.Compose(patched, []));
    }

    [Fact]
    public void The_matter_is_not_crowded_out_by_news() => Assert.Equal(
        "[MITTEL → HOCH · wird jetzt ausgenutzt · Update verfügbar] Libfoo: Codeausführung",
        EntryTitle.Compose(
            Make.Entry(title: "Libfoo: Schwachstelle ermöglicht Codeausführung", severity: Severity.High),
            [new Change("severity", "severity-up", "mittel", "hoch"), new Change("x", "exploited", null, null), new Change("x", "fix-available", null, null), new Change("x", "cve-added", null, null)]));

    [Theory]
    [InlineData("Libfoo: Mehrere Schwachstellen", "Libfoo: Rechteausweitung")]
    [InlineData("Libfoo: Schwachstelle", "Libfoo: Rechteausweitung")]
    [InlineData("Libfoo: Schwachstelle ermöglicht Denial of Service", "Libfoo: Denial of Service")]
    [InlineData("Libfoo (bar: baz): Mehrere Schwachstellen ermöglichen Codeausführung", "Libfoo (bar: baz): Codeausführung")]
    [InlineData("Libfoo: Schwachstelle ermöglicht nicht spezifizierten Angriff", "Libfoo: Schwachstelle ermöglicht nicht spezifizierten Angriff")]
    [InlineData("Schwachstellen in mehreren Treibern", "Schwachstellen in mehreren Treibern")]
    [InlineData("Mehrere Schwachstellen", "Mehrere Schwachstellen")]
    public void An_effect_takes_the_place_of_words_that_say_nothing(string title, string shown) => Assert.Equal(
        shown, EntryTitle.Compose(Make.Entry(title: title, severity: null) with { Effects = [Effect.PrivilegeEscalation, Effect.DenialOfService] }, []));

    [Fact]
    public void No_effect_is_made_up() =>
        Assert.Equal("[HOCH] Libfoo: Mehrere Schwachstellen", EntryTitle.Compose(Make.Entry(title: "Libfoo: Mehrere Schwachstellen", severity: Severity.High) with { IsRemote = true }, []));

    [Theory]
    [InlineData(true, true, "Libfoo", "Libfoo: Codeausführung aus der Ferne, ohne Anmeldung")]
    [InlineData(true, false, "Libfoo", "Libfoo: Codeausführung aus der Ferne")]
    [InlineData(false, true, "Libfoo", "Libfoo: Codeausführung ohne Anmeldung")]
    [InlineData(true, true, "Ein Erzeugnis mit einem langen Namen und noch einem, der länger ist", "Ein Erzeugnis mit einem langen Namen und noch einem, der länger ist: Codeausführung")]
    public void How_an_attacker_gets_there_is_said_where_there_is_room(bool remote, bool noLogin, string product, string shown) => Assert.Equal(
        shown, EntryTitle.Compose(Make.Entry(title: $"{product}: Mehrere Schwachstellen", severity: null) with { Effects = [Effect.CodeExecution], IsRemote = remote, NeedsNoLogin = noLogin }, []));

    [Fact]
    public void What_is_taken_back_says_nothing_else() => Assert.Equal(
        "[ZURÜCKGEZOGEN] Libfoo",
        EntryTitle.Compose(Make.Entry(title: "Libfoo", severity: Severity.Critical) with { Withdrawn = "Irrtum", NoPatch = true }, [new Change("x", "exploited", null, null)]));
}
