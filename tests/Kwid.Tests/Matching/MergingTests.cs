using Kwid.Core.Matching;
using Kwid.Core.Model;

namespace Kwid.Tests.Matching;

public class MergingTests
{
    private static readonly Entry Rss = Make.Entry(guid: "https://wid.test/1", native: "WID-SEC-2026-0001", source: "rss", severity: Severity.High, text: "Kurz.") with { NoPatch = true, Updated = Make.Instant("2026-03-02T10:00Z") };

    private static readonly Entry Csaf = Make.Entry(guid: "WID-SEC-W-2026-0001", native: "WID-SEC-2026-0001", source: "csaf", severity: Severity.Medium, text: "Lang.", cves: "CVE-2026-0001") with
    {
        IsStructured = true,
        IsLabelled = true,
        Permalink = null,
        Updated = Make.Instant("2026-03-01T23:00Z"),
        History = [new("1", Make.Instant("2026-03-01T23:00Z"), "Initiale Fassung")],
    };

    [Fact]
    public void Each_field_is_from_the_source_that_knows_it_best_whoever_came_first()
    {
        var one = Merging.Of([Rss, Csaf], Find);
        var other = Merging.Of([Csaf, Rss], Find);

        Assert.Equal(("csaf", "Lang.", Rss.Permalink), (one.Entry.Source.ToString(), one.Entry.Text, one.Entry.Permalink));
        Assert.True(one.Entry.NoPatch);
        Assert.Equal(Severity.Medium, one.Entry.Severity);
        Assert.Equal(["rss", "csaf"], [one.Fields["link"].ToString(), one.Fields["text"].ToString()]);
        Assert.Empty(ChangeRules.Compare(one.Entry, other.Entry));
    }

    [Fact]
    public void A_feed_that_is_a_day_ahead_of_the_better_source_knows_the_severity()
    {
        var ahead = Rss with { Severity = Severity.Critical, Updated = Make.Instant("2026-03-03T10:00Z") };

        Assert.Equal(Severity.Critical, Merging.Of([ahead, Csaf], Find).Entry.Severity);
    }

    [Fact]
    public void The_word_that_there_is_no_update_ends_with_the_first_version_that_mends_it()
    {
        var mended = Csaf with { Products = [new("Foo", "Libfoo", "1.2", ProductStatus.Fixed)] };

        Assert.False(Merging.Of([Rss, mended], Find).Entry.NoPatch);
    }

    [Fact]
    public void A_documents_own_label_counts_and_a_sources_default_does_not_widen_it()
    {
        var tightened = Csaf with { Tlp = Tlp.Amber };

        Assert.Equal(Tlp.Amber, Merging.Of([Rss, tightened], Find).Entry.Tlp);
    }

    [Fact]
    public void What_is_closer_than_the_label_of_the_whole_does_not_show_in_it()
    {
        var closer = Csaf with { Tlp = Tlp.Amber, Source = new SourceId("inbox"), Text = "Geheim.", Html = "<p>Geheim.</p>" };
        var open = Rss with { IsLabelled = true };

        var merged = Merging.Of([closer, open], Find);

        Assert.Equal((Tlp.Clear, "Kurz."), (merged.Entry.Tlp, merged.Entry.Text));
        Assert.Empty(merged.Entry.Cves);
        Assert.Equal(["rss"], merged.Told.Select(entry => entry.Source.ToString()));
    }

    [Fact]
    public void Who_is_no_longer_asked_knows_less_than_who_is() =>
        Assert.Equal("rss", Merging.Of([Csaf, Rss], id => id.ToString() == "csaf" ? null : Find(id)).Entry.Source.ToString());

    private static Source Find(SourceId id) => Make.Source(id.ToString());
}
