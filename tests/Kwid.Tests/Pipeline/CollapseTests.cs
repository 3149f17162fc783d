using Kwid.Core.Model;

namespace Kwid.Tests.Pipeline;

/// <summary><c>collapse: explicit</c>: a vendor's advisory inside the WID entry that refers to it and names the same CVEs.</summary>
public class CollapseTests
{
    private static readonly AdvisoryId Wid = new("WID-SEC-2026-0001");
    private static readonly AdvisoryId Fortinet = new("FG-IR-26-001");

    private static readonly Source Vendor = Make.Source("vendor");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_one_edition_or_later_it_stands_in_the_wid_entry_and_rings_not(bool later)
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], ByWid, publish: later);

        await shop.SayAsync(Vendor, ByVendor);

        var entry = Assert.Single(shop.Entries());
        Assert.Contains("WID-SEC-2026-0001", Workshop.IdOf(entry), StringComparison.Ordinal);
        Assert.Contains("<h3>Dazu melden andere</h3>", Workshop.BodyOf(entry), StringComparison.Ordinal);
        Assert.Contains("FortiFoo: Pufferüberlauf", Workshop.BodyOf(entry), StringComparison.Ordinal);
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task By_default_each_has_its_own_entry()
    {
        await using var shop = await OpenAsync();
        shop.Collapses = false;

        await shop.SayAsync(shop.Sources[0], ByWid, publish: false);
        await shop.SayAsync(Vendor, ByVendor);

        Assert.Equal(2, shop.Entries().Count);
        Assert.Empty(shop.Entries("Dazu melden andere"));
    }

    [Theory]
    [InlineData("CVE-2026-0001", false, null)]
    [InlineData("CVE-2026-0001 CVE-2026-0002 CVE-2026-0003", true, null)]
    [InlineData("CVE-2026-0001 CVE-2026-0002", true, Severity.Critical)]
    public async Task Without_a_reference_with_other_CVEs_or_more_urgent_it_rings_itself(string cves, bool isReferred, Severity? severity)
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], ByWid with { Names = isReferred ? [Fortinet] : [] });

        await shop.SayAsync(Vendor, ByVendor with { Cves = [.. cves.Split(' ').Select(cve => new CveId(cve))], Severity = severity ?? Severity.High });

        Assert.Equal(2, shop.Entries().Count);
    }

    [Fact]
    public async Task What_was_published_before_stays()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(Vendor, ByVendor);

        await shop.SayAsync(shop.Sources[0], ByWid);

        Assert.Equal(2, shop.Entries().Count);
    }

    [Fact]
    public async Task Silent_changes_show_inside_and_news_ring_by_themselves()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], ByWid);
        await shop.SayAsync(Vendor, ByVendor);

        await shop.SayAsync(Vendor, ByVendor with { Title = "FortiFoo: Pufferüberlauf im Webfilter", Updated = Make.Instant("2026-03-11T13:00Z") });
        Assert.Contains("im Webfilter", Workshop.BodyOf(Assert.Single(shop.Entries())), StringComparison.Ordinal);
        await shop.SayAsync(Vendor, ByVendor with { Severity = Severity.Critical, Updated = Make.Instant("2026-03-12T13:00Z") });

        Assert.Equal(2, shop.Entries().Count);
        Assert.Contains("FG-IR-26-001/r3", Workshop.IdOf(shop.Entries()[0]), StringComparison.Ordinal);
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task A_label_that_forbids_it_takes_its_words_out_of_the_wid_entry()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], ByWid);
        await shop.SayAsync(Vendor, ByVendor);

        await shop.SayAsync(Vendor, ByVendor with { Tlp = Tlp.Amber, Updated = Make.Instant("2026-03-11T13:00Z") });

        Assert.Empty(shop.Entries("Pufferüberlauf"));
        Assert.Single(shop.Entries());
        await shop.AssertRebuiltAsync();
    }

    [Fact]
    public async Task A_feed_that_does_not_show_the_wid_entry_gets_an_entry_for_it()
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], ByWid);
        for (var i = 0; i < 120; i++)
        {
            if (i == 60) shop.Clock.Advance(TimeSpan.FromDays(40));
            await shop.SayAsync(shop.Sources[0], Make.Entry($"f{i}", "Füllung", $"WID-SEC-2026-1{i:D3}"));
        }

        await shop.SayAsync(Vendor, ByVendor);

        Assert.Contains("FG-IR-26-001", Workshop.IdOf(shop.Entries()[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task What_stands_inside_an_entry_that_goes_gets_one_of_its_own(bool sameEdition, bool takenBack)
    {
        await using var shop = await OpenAsync();
        await shop.SayAsync(shop.Sources[0], ByWid);
        if (!sameEdition) await shop.SayAsync(Vendor, ByVendor);
        var gone = takenBack ? ByWid with { Withdrawn = "Irrtum", Updated = Make.Instant("2026-03-11T13:00Z") } : ByWid with { Tlp = Tlp.Green, Updated = Make.Instant("2026-03-11T13:00Z") };

        await shop.SayAsync(shop.Sources[0], gone, publish: !sameEdition);
        if (sameEdition) await shop.SayAsync(Vendor, ByVendor);

        Assert.Contains(shop.Entries("Pufferüberlauf"), entry => Workshop.IdOf(entry).Contains("FG-IR", StringComparison.Ordinal));
        await shop.AssertRebuiltAsync();
    }

    private static Entry ByWid => Make.Entry("w", "[hoch] FortiFoo", Wid.ToString()) with { Cves = [new CveId("CVE-2026-0001"), new CveId("CVE-2026-0002")], Names = [Fortinet], Severity = Severity.High };

    private static Entry ByVendor => Make.Entry("v", "FortiFoo: Pufferüberlauf", Fortinet.ToString(), "vendor") with { Cves = ByWid.Cves, Severity = Severity.High };

    private static async Task<Workshop> OpenAsync()
    {
        var shop = await Workshop.OpenAsync();
        shop.Sources.Add(Vendor);
        shop.Collapses = true;
        return shop;
    }
}
