using System.Diagnostics;
using System.Text;
using Kwid.Core.Model;

namespace Kwid.Tests.Reading.Csaf;

public class CsafReaderTests
{
    [Theory]
    [InlineData("\"distribution\": { \"tlp\": { \"label\": \"WHITE\" } }", Tlp.Clear, true)]
    [InlineData("\"distribution\": { \"tlp\": { \"label\": \"CLEAR\" } }", Tlp.Clear, true)]
    [InlineData("\"distribution\": { \"tlp\": { \"label\": \"GREEN\" } }", Tlp.Green, true)]
    [InlineData("\"distribution\": { \"tlp\": { \"label\": \"AMBER+STRICT\" } }", Tlp.AmberStrict, true)]
    [InlineData("\"distribution\": { \"tlp\": { \"label\": \"PURPLE\" } }", Tlp.Red, true)]
    [InlineData("\"distribution\": { \"tlp\": { \"label\": 7 } }", Tlp.Red, true)]
    [InlineData("\"distribution\": { \"tlp\": { } }", Tlp.Red, true)]
    [InlineData("\"distribution\": { \"tlp\": \"GREEN\" }", Tlp.Red, true)]
    [InlineData("\"distribution\": \"TLP:GREEN\"", Tlp.Red, true)]
    [InlineData("\"distribution\": { \"text\": \"Für alle.\" }", Tlp.Amber, false)]
    [InlineData("\"distribution\": null", Tlp.Amber, false)]
    [InlineData("", Tlp.Amber, false)]
    [InlineData("\"distribution\": { \"tlp\": { \"label\": \"GREEN\" }, \"sharing_group\": { \"id\": \"00000000-0000-4000-8000-000000000000\", \"name\": \"No sharing allowed\" } }", Tlp.Red, true)]
    public void A_label_counts_as_the_document_bears_it_and_what_can_not_be_read_as_the_strictest(string distribution, Tlp expected, bool isLabelled)
    {
        var entry = CsafText.Get(CsafText.Of(distribution), tlp: Tlp.Amber);

        Assert.Equal((expected, isLabelled), (entry.Tlp, entry.IsLabelled));
    }

    [Fact]
    public void A_sharing_group_is_shown_to_people()
    {
        var entry = CsafText.Get(CsafText.Of("""  "distribution": { "tlp": { "label": "AMBER" }, "sharing_group": { "id": "11111111-1111-4111-8111-111111111111", "name": "Kommunen" } }  """));

        Assert.Contains("Sharing Group: Kommunen", entry.Categories);
    }

    [Fact]
    public void Branches_make_products_with_vendor_name_and_version_and_status_by_their_ids()
    {
        var entry = CsafText.Get(CsafText.Of(more: """
            "product_tree": { "branches": [ { "category": "vendor", "name": "Muster", "branches": [
                { "category": "product_name", "name": "Muster Server", "branches": [
                    { "category": "product_version_range", "name": "<7.2.12", "product": { "product_id": "T1", "name": "Muster Server <7.2.12" } },
                    { "category": "product_version", "name": "7.2.12", "product": { "product_id": "T1-fixed", "name": "Muster Server 7.2.12", "product_identification_helper": { "cpe": "cpe:/a:muster:server:7.2.12" } } } ] },
                { "category": "product_name", "name": "Muster Tool 1.5", "product": { "product_id": "T2", "name": "Muster Tool 1.5", "product_identification_helper": { "cpe": "cpe:2.3:a:muster:tool:1.5:*:*:*:*:*:*:*", "purls": ["pkg:generic/tool@1.5"] } } },
                { "category": "product_name", "name": "Libmuster", "branches": [ { "category": "product_name", "name": "Libmuster 3", "product": { "product_id": "T3", "name": "Libmuster 3" } } ] } ] } ],
              "full_product_names": [ { "product_id": "T4", "name": "Etwas ohne Zweig" } ] },
            "vulnerabilities": [ { "cve": "CVE-2026-1001", "product_status": { "last_affected": ["T1", "T2"], "known_not_affected": ["T3"] } }, { "product_status": { "fixed": ["T2"], "under_investigation": ["T3", "T4"] } } ]
            """));

        Assert.Equal(
            [
                new Product("Muster", "Server", "<7.2.12", ProductStatus.Affected),
                new Product("Muster", "Server", "7.2.12", ProductStatus.Fixed) { Cpe = "cpe:/a:muster:server:7.2.12" },
                new Product("Muster", "Tool", "1.5", ProductStatus.Affected) { Cpe = "cpe:2.3:a:muster:tool:1.5:*:*:*:*:*:*:*", Purl = "pkg:generic/tool@1.5" },
                new Product("Muster", "Libmuster", "3", ProductStatus.Unknown),
                new Product(null, "Etwas ohne Zweig", null, ProductStatus.Unknown),
            ],
            entry.Products);
    }

    [Fact]
    public void A_part_of_something_is_named_with_what_it_is_part_of_and_groups_give_their_status_to_their_members()
    {
        var entry = CsafText.Get(CsafText.Of(more: """
            "product_tree": {
              "full_product_names": [ { "product_id": "P", "name": "libmuster-1.2-3" }, { "product_id": "L", "name": "Muster Linux 9" }, { "product_id": "M", "name": "Muster Mobil" } ],
              "relationships": [ { "category": "default_component_of", "product_reference": "P", "relates_to_product_reference": "L", "full_product_name": { "product_id": "L:P", "name": "libmuster in Linux" } } ],
              "product_groups": [ { "group_id": "G", "product_ids": ["M"] } ] },
            "vulnerabilities": [ { "product_status": { "fixed": ["L:P"], "known_affected": ["G"] } } ]
            """));

        Assert.Equal(["Muster Linux 9 Unknown", "Muster Mobil Affected", "libmuster-1.2-3 (Muster Linux 9) Fixed"], entry.Products.Select(product => $"{product.Name} {product.Status}"));
    }

    [Fact]
    public void Scores_of_all_versions_are_read_and_the_highest_counts()
    {
        var entry = CsafText.Get(CsafText.Of(more: """
            "vulnerabilities": [
              { "scores": [ { "cvss_v2": { "version": "2.0", "baseScore": 9.1, "vectorString": "AV:N/AC:L/Au:N/C:C/I:C/A:N" } }, { "cvss_v3": { "version": "3.1", "baseScore": 7.1 } } ] },
              { "metrics": [ { "content": { "cvss_v4": { "version": "4.0", "baseScore": 9.3, "vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" } } }, { "content": { "cvss_v3": { "baseScore": "10" } } } ] } ]
            """));

        Assert.Equal((new Cvss("4.0", 9.3, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"), Severity.Critical, true, true), (entry.Cvss, entry.Severity, entry.IsRemote, entry.NeedsNoLogin));
    }

    [Theory]
    [InlineData("\"threats\": [ { \"category\": \"exploit_status\", \"details\": \"Publicly Disclosed:No;Exploited:Yes;Latest Software Release:Exploitation Detected\" } ]", ExploitationLevel.Exploited)]
    [InlineData("\"threats\": [ { \"category\": \"exploit_status\", \"details\": \"Publicly Disclosed:Yes;Exploited:No;Latest Software Release:Exploitation More Likely\" } ]", null)]
    [InlineData("\"threats\": [ { \"category\": \"exploit_status\", \"details\": \"A proof of concept is public.\" } ]", ExploitationLevel.ProofOfConcept)]
    [InlineData("\"threats\": [ { \"category\": \"exploit_status\", \"details\": \"Muster is not aware of any malicious use; not exploited in the wild.\" } ]", null)]
    [InlineData("\"threats\": [ { \"category\": \"impact\", \"details\": \"Exploited:Yes\" } ]", null)]
    [InlineData("\"first_known_exploitation_dates\": [ { \"date\": \"2026-03-04T10:00:00Z\", \"exploitation_date\": \"2026-03-02T10:00:00Z\" } ]", ExploitationLevel.Exploited)]
    public void What_a_document_says_of_attacks_is_told(string field, ExploitationLevel? expected) =>
        Assert.Equal(expected, CsafText.Get(CsafText.Of(more: $$"""  "vulnerabilities": [ { "cve": "CVE-2026-1001", {{field}} } ]  """)).Exploitation?.Level);

    [Fact]
    public void Remediations_keep_their_kind_and_where_there_is_none_no_update_exists()
    {
        var entry = CsafText.Get(CsafText.Of(more: """
            "vulnerabilities": [ { "remediations": [
                { "category": "workaround", "details": "Dienst abschalten.", "product_ids": ["A"] }, { "category": "workaround", "details": "Dienst abschalten.", "product_ids": ["B"] },
                { "category": "no_fix_planned", "details": "Es wird keine Aktualisierung geben.", "url": "https://muster.example/ende" } ] } ]
            """));

        Assert.Equal([new Remediation(RemediationKind.Workaround, "Dienst abschalten.", null), new Remediation(RemediationKind.None, "Es wird keine Aktualisierung geben.", new Uri("https://muster.example/ende"))], entry.Remediations);
        Assert.True(entry.NoPatch);
        Assert.DoesNotContain("abschalten", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_withdrawn_document_gives_its_reason_and_a_superseded_one_stands()
    {
        const string notes = """ "notes": [ { "category": "description", "title": "Begründung für die Zurückziehung", "text": "Die Meldung war ein Irrtum." } ]""";

        Assert.Equal("Die Meldung war ein Irrtum.", CsafText.Get(CsafText.Of($"\"category\": \"csaf_withdrawn\", {notes}")).Withdrawn);
        Assert.Null(CsafText.Get(CsafText.Of($"\"category\": \"csaf_superseded\", {notes}")).Withdrawn);
        Assert.NotEmpty(CsafText.Get(CsafText.Of("\"category\": \"csaf_withdrawn\"")).Withdrawn!);
    }

    [Fact]
    public void History_is_told_oldest_first_and_a_long_one_keeps_the_newest()
    {
        var items = Enumerable.Range(1, 400).Select(day => $$"""{ "number": "{{day}}", "date": "{{Make.Instant("2025-01-01T23:00Z").AddDays(day):yyyy-MM-dd'T'HH:mm:ss'Z'}}", "summary": "Stand {{day}}" }""").ToList();
        string Tracking(IEnumerable<string> history) => $$"""  "tracking": { "id": "M-1", "version": "400", "status": "interim", "revision_history": [ {{string.Join(", ", history)}} ] } """;

        var forwards = CsafText.Get(CsafText.Of(tracking: Tracking(items)));
        var backwards = CsafText.Get(CsafText.Of(tracking: Tracking(items.AsEnumerable().Reverse())));

        Assert.Equal(("101", "400", 300), (forwards.History[0].Number, forwards.History[^1].Number, forwards.History.Count));
        Assert.Equal(forwards.History, backwards.History);
        Assert.Equal((DocumentStatus.Interim, "400"), (forwards.Status, forwards.Version));
    }

    [Theory]
    [InlineData("\"product_tree\": \"keiner\"", "\"product_tree\" is a text where an object belongs")]
    [InlineData("\"product_tree\": { \"branches\": [ 7 ] }", "\"branches\" holds a number where an object belongs")]
    [InlineData("\"vulnerabilities\": { }", "\"vulnerabilities\" is an object where a list belongs")]
    [InlineData("\"vulnerabilities\": [ { \"cve\": [] } ]", "\"cve\" is a list where a text belongs")]
    [InlineData("\"vulnerabilities\": [ { \"scores\": [ { \"cvss_v3\": { \"baseScore\": 77 } } ] } ]", "\"baseScore\" is no number from 0 to 10")]
    [InlineData("\"vulnerabilities\": [ { \"remediations\": [ null ] } ]", "\"remediations\" holds")]
    [InlineData("\"vulnerabilities\": [ { \"product_status\": [] } ]", "\"product_status\" is a list")]
    public void A_damaged_part_costs_that_part_and_is_told(string part, string fault)
    {
        var read = CsafText.Read(CsafText.Of(more: part));

        Assert.Contains(read.Faults, told => told.Contains(fault, StringComparison.Ordinal));
        Assert.Equal("Musterserver: Schwachstelle", Assert.Single(read.Entries).Title);
    }

    [Fact]
    public void Damage_inside_lists_never_costs_the_document()
    {
        foreach (var odd in (string[])["null", "7", "\"x\"", "[]", "[[]]", "{}", "[null, 7, \"x\", {}]", "true"])
        {
            foreach (var name in (string[])["notes", "references", "tracking", "publisher", "distribution", "aggregate_severity"])
                Assert.Single(CsafText.Read(CsafText.Of($"\"{name}\": {odd}")).Entries);
            foreach (var name in (string[])["cve", "ids", "notes", "scores", "metrics", "remediations", "threats", "product_status", "references", "first_known_exploitation_dates", "title"])
                Assert.Single(CsafText.Read(CsafText.Of(more: $$"""  "vulnerabilities": [ { "{{name}}": {{odd}} } ]  """)).Entries);
            foreach (var name in (string[])["branches", "full_product_names", "relationships", "product_groups"])
                Assert.Single(CsafText.Read(CsafText.Of(more: $$"""  "product_tree": { "{{name}}": {{odd}} }  """)).Entries);
        }
    }

    [Fact]
    public void Bytes_that_go_the_long_way_give_the_same()
    {
        var text = CsafText.Of("\"notes\": [ { \"category\": \"summary\", \"title\": \"Angriff\", \"text\": \"Ein Angreifer kann Code ausführen.\" } ]");
        var expected = CsafText.Read(text).Entries[0];

        Assert.Equivalent(expected, CsafText.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]).Entries[0], strict: true);
        Assert.Equivalent(expected, CsafText.Read(Encoding.Latin1.GetBytes(text)).Entries[0], strict: true);
        Assert.Equivalent(expected, CsafText.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(text)).ToArray()).Entries[0], strict: true);
        Assert.Equal("Half \uFFFD", CsafText.Read(CsafText.Of(title: "\"title\": \"Half \\ud83d\"")).Entries[0].Title);
    }

    [Fact]
    public void A_document_with_a_hundred_thousand_products_keeps_five_hundred_and_what_mends_among_them()
    {
        var branches = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $$"""{ "category": "product_version", "name": "1.{{i}}", "product": { "product_id": "P{{i}}", "name": "Muster 1.{{i}}" } }"""));
        var ids = string.Join(',', Enumerable.Range(0, 99_000).Select(i => $"\"P{i}\""));
        var body = Encoding.UTF8.GetBytes(CsafText.Of(more: $$"""
            "product_tree": { "branches": [ { "category": "vendor", "name": "Muster", "branches": [ { "category": "product_name", "name": "Server", "branches": [ {{branches}} ] } ] } ] },
            "vulnerabilities": [ { "product_status": { "known_affected": [ {{ids}} ], "fixed": ["P99990", "P99991"] } } ]
            """));
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var products = CsafText.Read(body).Entries[0].Document!.Products;

        Assert.Equal(500, products.Count);
        Assert.Equal(["1.99990", "1.99991"], products.Where(product => product.Status == ProductStatus.Fixed).Select(product => product.Version));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 12L * body.Length, $"{(GC.GetAllocatedBytesForCurrentThread() - before) / body.Length} times its length");
    }
}
