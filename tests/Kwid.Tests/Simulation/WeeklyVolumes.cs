namespace Kwid.Tests.Simulation;

/// <summary>The assumption table: every enabled source of the shipped configuration. Rates without a source are guesses on the high side.</summary>
internal static class WeeklyVolumes
{
    public const string Wid = "bsi-wid";
    public const string Microsoft = "microsoft-csaf";

    public static IReadOnlyList<WeeklyVolume> Rows { get; } =
    [
        // CERT-Bund: 13 new per publishing day (median of half a year). How it refers and updates stands with its schedule.
        new(Wid, 65) { Ids = "WID-SEC-2026-{0:D4}", Host = "wid.cert-bund.de" },
        new("bsi-wid-rss", 0) { Repeats = Wid },

        // Always delivered as well: a warning now and then. Bulletins of the town halls' router vendor.
        new("bsi-bits", 0.7, Critical: 0.2), new("cert-at-warnungen", 0.3, Critical: 0.5, Echo: 1), new("lancom", 0.3),

        // German background: news that name CVEs, no severity. DFN-CERT tells nearly all that WID tells, under ids of its own.
        new("bsi-buergercert", 4, Echo: 0.9), new("bsi-acs", 3), new("bsi-presse", 3), new("ncsc-ch", 1),
        new("heise-alerts", 15, Echo: 0.8), new("golem-security", 8, Echo: 0.5),
        new("dfn-cert", 50, Echo: 0.95) { Ids = "DFN-CERT-2026-{0:D4}", Host = "adv-archiv.dfn-cert.de" },

        // Foreign CERTs repeat vendors. CERT-FR: about 1,100 avis a year; the Dutch score all CVEs, so about a third is critical by its highest.
        new("cert-eu", 0.7, Critical: 0.5, Echo: 1),
        new("ncsc-nl-csaf", 9, Critical: 0.35, OnPatchDay: 10, Echo: 0.95) { Ids = "NCSC-2026-{0:D4}", Host = "advisories.ncsc.nl" },
        new("ncsc-nl", 0) { Repeats = "ncsc-nl-csaf" },
        new("cert-fr", 22, OnPatchDay: 8, Echo: 0.95) { Ids = "CERTFR-2026-AVI-{0:D4}", Host = "cert.ssi.gouv.fr" },
        new("cert-fr-alertes", 0.3, Echo: 1) { Ids = "CERTFR-2026-ALE-{0:D3}", Host = "cert.ssi.gouv.fr" },
        new("ncsc-uk", 2), new("cccs", 18, OnPatchDay: 6, Echo: 0.9), new("cert-pl", 2), new("ncsc-fi", 2, Echo: 0.5),

        // CISA republishes industrial vendors; of its 345 documents of 2024 a quarter is critical by score (measured), and WID names none of them.
        new("cisa-csaf-ot", 8, Critical: 0.26) { Ids = "ICSA-26-{0:D3}-01", Host = "www.cisa.gov" },
        new("cisa-csaf-it", 0.2, Critical: 0.3) { Ids = "VA-26-{0:D3}-01", Host = "www.cisa.gov" },

        // Microsoft: one advisory per CVE. WID tells them in bundles that name the guide, not the CVE's page (10 of 266 CVEs, measured).
        new(Microsoft, 20, Critical: 0.06, OnPatchDay: 120, WidRefers: 0.04) { Ids = "msrc_{cve}", Host = "msrc.microsoft.com" },
        new("microsoft", 0) { Repeats = Microsoft },

        // Distributors: mass, in feeds without a severity but Red Hat's. They repeat what upstream projects fixed.
        new("ubuntu", 18, Echo: 0.3) { Ids = "USN-{0:D4}-1", Host = "ubuntu.com" },
        new("debian", 7, Echo: 0.3) { Ids = "DSA-{0:D4}-1", Host = "www.debian.org" },
        new("redhat", 60, Critical: 0.02, WidRefers: 0.9, Echo: 0.3) { Ids = "RHSA-2026:{0:D4}", Host = "access.redhat.com" },

        // Network vendors and their monthly bundles: WID tells and names them. Where a feed words its severity so that Kwid does not read it yet, it counts as read.
        new("cisco", 6, Critical: 0.12, WidRefers: 0.95) { Ids = "cisco-sa-invented-{0}", Host = "sec.cloudapps.cisco.com" },
        new("fortinet", 2, Critical: 0.15, OnPatchDay: 18, WidRefers: 0.95) { Ids = "FG-IR-26-{0:D3}", Host = "fortiguard.fortinet.com" },
        new("paloalto", 1, Critical: 0.05, OnPatchDay: 6, WidRefers: 0.9), new("watchguard", 0.4, Critical: 0.2, WidRefers: 0.9) { Ids = "WGSA-2026-{0:D5}", Host = "www.watchguard.com" },
        new("f5", 1, Critical: 0.05, WidRefers: 0.9), new("citrix", 0.5, Critical: 0.3, WidRefers: 0.9) { Ids = "CTX{0:D6}", Host = "support.citrix.com" },
        new("zyxel", 0.4, Critical: 0.1, WidRefers: 0.8), new("sophos", 0.2, Critical: 0.3, WidRefers: 0.8), new("mikrotik", 0.1), new("tailscale", 0.2), new("okta", 0.1),

        // Software vendors and projects. Chrome, Mozilla and the table of Adobe say no severity; Adobe's bulletins come on Patch Tuesday, Oracle's four times a year.
        new("oracle", 0.3), new("mozilla", 3), new("chrome", 6), new("apple", 1.5), new("drupal", 0.4, Critical: 0.1, WidRefers: 0.8), new("wordpress", 0.1),
        new("gitlab", 1, WidRefers: 0.9), new("jenkins", 0.4), new("google-cloud", 2), new("kubernetes", 0.2), new("znuny", 0.2), new("nextcloud", 1, Critical: 0.05, WidRefers: 0.5), new("typo3-advisories", 0.6, Critical: 0.05, WidRefers: 0.5),
        new("adobe", 0.3, OnPatchDay: 11, WidRefers: 0.9) { Ids = "APSB26-{0:D3}", Host = "helpx.adobe.com" },

        // ZDI tells others' gaps, in bundles after Patch Tuesday; its feed has no severity of its own.
        new("zdi", 22, OnPatchDay: 25, Echo: 0.8) { Ids = "ZDI-26-{0:D3}", Host = "www.zerodayinitiative.com" },

        // Industry: Siemens and Schneider on the second Tuesday, about a quarter critical; WID tells few of them (2 of 513 documents name Siemens, measured).
        new("siemens", 0.7, Critical: 0.25, OnPatchDay: 18, WidRefers: 0.2) { Ids = "SSA-{0:D6}", Host = "cert-portal.siemens.com" },
        new("schneider-electric", 0.3, Critical: 0.2, OnPatchDay: 7, WidRefers: 0.1) { Ids = "SEVD-2026-{0:D3}-01", Host = "www.se.com" },
        new("abb", 0.7, Critical: 0.3), new("sick", 0.4, Critical: 0.2), new("nozomi", 0.3), new("open-xchange", 0.3), new("trustsource", 0.1),

        // Vendors at CERT@VDE: some 100 advisories a year among them, a third critical; CISA repeats some, WID hardly any.
        .. new[]
        {
            "sauter", "wago", "swarco", "pilz", "beckhoff", "phoenixcontact", "weidmueller", "codesys", "janitza", "sma", "bender", "endress-hauser", "auma", "festo",
            "pepperl-fuchs", "ifm", "hima", "helmholz", "murrelektronik", "lenze",
        }.Select(id => new WeeklyVolume(id, 0.1, Critical: 0.33, WidRefers: 0.05)),

        // Catalogues: CVEs, not advisories. KEV: 187 a year (measured), Patch Tuesday's own besides; the European ones mostly list the same.
        new("cisa-kev", 4), new("eu-kev", 1, Echo: 0.8), new("euvd-exploited", 3, Echo: 0.8), new("euvd-critical", 8), new("euvd-last", 8),
    ];
}
