using Kwid.Core.Model;
using Kwid.Core.Normalising;

namespace Kwid.Tests.Normalising;

public class PublisherIdsTests
{
    private static readonly PublisherIds Ids = PublisherIds.BuiltIn;

    [Theory]
    [InlineData("wid-sec-w-2026-0001", "WID-SEC-2026-0001")]
    [InlineData("ssa-123456", "SSA-123456")]
    [InlineData("rhsa-2026_1234", "RHSA-2026-1234")]
    [InlineData("RHBA-2024:1440", "RHBA-2024-1440")]
    [InlineData("fg-ir-25-756", "FG-IR-25-756")]
    [InlineData("cisco-sa-snmp-dos-sdxnSUcW", "cisco-sa-snmp-dos-sdxnsucw")]
    [InlineData("VMSA-2024-0012.1", "VMSA-2024-0012")]
    [InlineData("dsa-5734-2", "DSA-5734")]
    [InlineData("DSA-2024-123", "DSA-2024-123")]
    [InlineData("dla-3804-1", "DLA-3804")]
    [InlineData("usn-1234-2", "USN-1234-2")]
    [InlineData("certfr-2024-avi-0001", "CERTFR-2024-AVI-0001")]
    [InlineData("CERTFR-2024-ALE-001", "CERTFR-2024-ALE-001")]
    [InlineData("ncsc-2024-0369", "NCSC-2024-0369")]
    [InlineData("icsma-24-151-01", "ICSMA-24-151-01")]
    [InlineData("ghsa-JFH8-c2jp-5v3q", "GHSA-jfh8-c2jp-5v3q")]
    [InlineData("suse-su-2024_1234-1", "SUSE-SU-2024-1234-1")]
    [InlineData("openSUSE-SU-2024:0123-1", "openSUSE-SU-2024-0123-1")]
    [InlineData("vde-2024-001", "VDE-2024-001")]
    [InlineData("mfsa2024-12", "MFSA-2024-12")]
    [InlineData("oxas-adv-2024-0001", "OXAS-ADV-2024-0001")]
    [InlineData("pan-sa-2024-0001", "PAN-SA-2024-0001")]
    [InlineData("jsa79180", "JSA79180")]
    [InlineData("apsb24-12", "APSB24-12")]
    [InlineData("typo3-core-sa-2024-001", "TYPO3-CORE-SA-2024-001")]
    [InlineData("sa-contrib-2024-001", "SA-CONTRIB-2024-001")]
    [InlineData("dfn-cert-2024-1234", "DFN-CERT-2024-1234")]
    [InlineData("jvndb-2024-012345", "JVNDB-2024-012345")]
    [InlineData("msrc_cve-2026-12345", "MSRC-CVE-2026-12345")]
    [InlineData("wgsa-2024-00001", "WGSA-2024-00001")]
    [InlineData("zdi-24-123", "ZDI-24-123")]
    [InlineData("qsa-24-01", "QSA-24-01")]
    [InlineData("cve-2026-12345", null)]
    [InlineData("x-wid-sec-2026-0001", null)]
    [InlineData("sec-vex-2022-0001", null)]
    public void A_files_name_is_an_id_in_one_spelling(string name, string? expected)
    {
        Assert.Equal(expected, Ids.OfName(name)?.ToString());
        if (expected is not null) Assert.Equal(expected, Ids.OfName(expected)?.ToString());
    }

    [Theory]
    [InlineData("DSA-3804 linux - security update", "DSA-3804")]
    [InlineData("NCSC-2024-0369 [1.01] [M/H] Kwetsbaarheden verholpen in Muster", "NCSC-2024-0369")]
    [InlineData("USN-1234-2: Muster vulnerabilities", "USN-1234-2")]
    [InlineData("SSA-123456 V1.1: Muster", "SSA-123456")]
    [InlineData("Über DSA-3804 und mehr", null)]
    [InlineData("CVE-2026-12345: Muster", null)]
    public void A_title_begins_with_the_id_or_says_nothing(string title, string? expected) =>
        Assert.Equal(expected, Ids.Find(null, "https://news.example/4711", new Uri("https://news.example/4711"), title)?.ToString());

    [Theory]
    [InlineData("CVE-2026-12345", "https://msrc.microsoft.com/update-guide/vulnerability/CVE-2026-12345", "MSRC-CVE-2026-12345")]
    [InlineData("CVE-2026-12345", "https://security.paloaltonetworks.com/CVE-2026-12345", "PAN-CVE-2026-12345")]
    [InlineData("CVE-2026-12345", "https://nvd.nist.gov/vuln/detail/CVE-2026-12345", null)]
    [InlineData("https://access.redhat.com/errata/RHSA-2026%3A1234", null, "RHSA-2026-1234")]
    [InlineData("4711", "https://www.suse.com/support/update/announcement/2024/suse-su-20241234-1/", "SUSE-SU-2024-1234-1")]
    [InlineData("4711", "https://www.cisa.gov/news-events/ics-advisories/icsa-24-261-03", "ICSA-24-261-03")]
    [InlineData("4711", "https://notcisa.gov/icsa-24-261-03", null)]
    public void An_address_tells_an_id_on_its_publishers_host_only(string guid, string? permalink, string? expected) =>
        Assert.Equal(expected, Ids.Find(null, guid, permalink is null ? null : new Uri(permalink), "Titel")?.ToString());

    [Theory]
    [InlineData("WID-SEC-W-2026-0001", "https://www.bsi.bund.de", "WID-SEC-2026-0001")]
    [InlineData("ICSA-24-261-03", "https://www.cisa.gov/", "ICSA-24-261-03")]
    [InlineData("msrc_CVE-2026-12345", "https://msrc.microsoft.com", "MSRC-CVE-2026-12345")]
    [InlineData("VDE-2026-001", "https://hersteller.example", "VDE-2026-001")]
    [InlineData("WID-SEC-W-2026-0001", "https://fremd.example", "fremd.example.wid-sec-w-2026-0001")]
    [InlineData("WID-SEC-W-2026-0001", "https://notbsi.bund.de", "notbsi.bund.de.wid-sec-w-2026-0001")]
    [InlineData("CVE-2026-12345", "https://www.redhat.com", "www.redhat.com.cve-2026-12345")]
    [InlineData("Muster-17", "https://Psirt.Example.com/", "psirt.example.com.muster-17")]
    [InlineData("Muster-17", "urn:muster", null)]
    [InlineData("Muster-17", null, null)]
    [InlineData(null, "https://psirt.example.com", null)]
    public void A_document_gets_a_publishers_id_only_in_its_namespace_else_one_of_its_own(string? trackingId, string? name, string? expected) =>
        Assert.Equal(expected, Ids.OfDocument(trackingId, name)?.ToString());

    [Fact]
    public void Ids_made_of_namespace_and_tracking_id_never_meet()
    {
        (string Id, string Namespace)[] documents =
        [
            ("a b", "https://x.example"), ("a-b", "https://x.example"), ("a:b", "https://x.example"), ("a.b", "https://x.example"), ("b", "https://a.x.example"), ("b", "https://x.example.a"), ("a.b", "https://x"),
            ("1", "https://github.com/eins"), ("1", "https://github.com/zwei"), ("1", "https://github.com"), (new string('a', 300), "https://x.example"), (new string('a', 301), "https://x.example"), ("ä", "https://x.example"), ("ö", "https://x.example"),
        ];

        var ids = documents.Select(document => Ids.OfDocument(document.Id, document.Namespace)!.Value.ToString()).ToList();

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Ids.OfDocument("A:b", "https://X.example"), Ids.OfDocument("a:B", "https://x.example/"));
    }

    [Fact]
    public void Names_are_others_ids_in_addresses_texts_and_fields_never_its_own()
    {
        Reference[] references =
        [
            new(new Uri("https://access.redhat.com/errata/RHSA-2026:1234"), "Red Hat Security Advisory"),
            new(new Uri("https://lists.debian.org/debian-security-announce/2026/msg00001.html"), "Debian Security Advisory DSA-5734 vom 2026-03-01"),
            new(new Uri("https://msrc.microsoft.com/update-guide/vulnerability/CVE-2026-12345"), null),
            new(new Uri("https://nvd.nist.gov/vuln/detail/CVE-2026-12345"), "CVE-2026-12345"),
            new(new Uri("https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-0001"), "WID-SEC-2026-0001"),
            new(new Uri("https://wid.cert-bund.de/portal/wid/securityadvisory?name=WID-SEC-2026-0002"), null),
        ];

        var names = Ids.FindNames(new AdvisoryId("WID-SEC-2026-0001"), references, ["GHSA-jfh8-c2jp-5v3q", "CVE-2026-12345"]);

        Assert.Equal(["DSA-5734", "GHSA-jfh8-c2jp-5v3q", "MSRC-CVE-2026-12345", "RHSA-2026-1234"], names.Select(name => name.ToString()));
    }

    [Fact]
    public void A_configured_publisher_is_found_and_replaces_the_built_in_one_of_its_name()
    {
        var ids = new PublisherIds([new Publisher("Acme", @"\bACME/(?<n>[0-9]+)\b", "ACME-${n}") { Hosts = ["acme.example"], InTitle = true }, new Publisher("siemens", @"\bSSA(?<n>[0-9]{6})\b", "SSA-${n}")]);

        Assert.Equal("ACME-17", ids.Find(null, null, null, "acme/17: Muster")?.ToString());
        Assert.Equal("ACME-18", ids.Find(null, null, new Uri("https://psirt.acme.example/acme/18"), "Titel")?.ToString());
        Assert.Equal("SSA-123456", ids.OfName("ssa123456")?.ToString());
        Assert.Null(ids.OfName("ssa-123456"));
        Assert.Equal(["ACME-19"], ids.FindNames(null, [new(new Uri("https://x.example/"), "siehe ACME/19")], []).Select(name => name.ToString()));
    }

    [Fact]
    public void A_pattern_that_takes_too_long_finds_nothing()
    {
        var ids = new PublisherIds([new Publisher("Slow", "^(?<n>(a+)+)$", "SLOW-${n}") { InTitle = true }]);

        Assert.Null(ids.Find(null, null, null, new string('a', 40) + "!"));
    }
}
