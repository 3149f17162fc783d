using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

/// <summary>What is kept of old revisions, and what is news against them.</summary>
public class BaringTests
{
    private static readonly Matcher Matcher = new(WordingRules.Default);

    private static readonly Entry Told = Make.Entry(native: "WID-SEC-2023-0001", updated: "2023-03-02T08:00Z", cves: "CVE-2023-0001") with
    {
        Author = "Erika Musterfrau",
        Categories = ["Betriebssystem"],
        History = [new("1", Make.Instant("2023-03-01T23:00Z"), "Initiale Fassung"), new("2", Make.Instant("2023-03-02T08:00Z"), "PoC aufgenommen")],
        Products = [new Product("Libfoo", "Libfoo", "<7.2", ProductStatus.Affected)],
        Remediations = [new Remediation(RemediationKind.Fix, "Aktualisieren", null)],
        References = [new Reference(new Uri("https://vendor.test/1"), null)],
        Names = [new AdvisoryId("FG-IR-23-001")],
    };

    private static readonly Revision Bared = Baring.Of(Make.Revision(Told, changes: [new Change("text", "text", "alt", "neu"), new Change("severity", "severity-up", "mittel", "hoch")]));

    [Fact]
    public void A_bared_revision_keeps_what_tells_news_and_none_of_its_texts()
    {
        var entry = Bared.Entry;

        Assert.True(Bared.IsBared && entry.IsBared);
        Assert.Equal((Told.Title, Told.Permalink, Told.Severity, Told.Updated, Told.Tlp), (entry.Title, entry.Permalink, entry.Severity, entry.Updated, entry.Tlp));
        Assert.Equal(Told.Cves, entry.Cves);
        Assert.Equal(Told.Names, entry.Names);
        Assert.Equal(("", "", null), (entry.Html, entry.Text, entry.Author));
        Assert.True(entry is { History.Count: 0, Products.Count: 0, Remediations.Count: 0, References.Count: 0, Categories.Count: 0 });
        Assert.Equal([(null, null), ("mittel", "hoch")], Bared.Changes.Select(change => (change.Before, change.After)));
    }

    [Fact]
    public void The_very_same_words_again_are_no_change_against_a_bared_revision() => Assert.Empty(Matcher.Compare(Bared, Told));

    [Fact]
    public void A_typo_in_the_title_is_the_only_change_and_silent()
    {
        var change = Assert.Single(Matcher.Compare(Bared, Told with { Title = "Libfoo: Schwachstellen", Html = "<p>Anders.</p>" }));

        Assert.Equal(("title", null), (change.Rule, change.News));
    }

    [Fact]
    public void Severity_CVE_ids_exploitation_and_withdrawal_are_news_all_the_same()
    {
        var later = Told with
        {
            Severity = Severity.Critical,
            Cves = [.. Told.Cves, new CveId("CVE-2026-0001")],
            Exploitation = new Exploitation(ExploitationLevel.Exploited),
            Withdrawn = "Fehlalarm",
        };

        var news = Matcher.Compare(Bared, later).Select(change => change.News).OfType<News>();

        Assert.Equal([News.Withdrawn, News.Exploited, News.SeverityUp, News.CveAdded], news);
    }

    [Fact]
    public void Of_the_publishers_history_only_what_is_dated_later_is_new()
    {
        var later = Told with { Updated = Make.Instant("2026-03-02T08:00Z"), History = [.. Told.History, new("3", Make.Instant("2026-03-02T08:00Z"), "Neue Updates von SUSE aufgenommen")] };

        Assert.Equal(["updated", "distributor"], Matcher.Compare(Bared, later).Select(change => change.Rule));
    }

    [Fact]
    public void An_excerpt_of_what_was_bared_stays_one_so_that_its_text_may_follow()
    {
        var excerpt = Excerpts.Complete(Told with { Html = "<p>Kurz.</p>", Text = "Kurz.", Cves = [], IsExcerpt = true }, Bared.Entry);

        Assert.True(excerpt.IsExcerpt);
        Assert.Equal("Kurz.", excerpt.Text);
        Assert.Equal(Told.Cves, excerpt.Cves);
    }
}
