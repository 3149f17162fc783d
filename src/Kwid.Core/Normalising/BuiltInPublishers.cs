namespace Kwid.Core.Normalising;

/// <summary>The publishers that Kwid knows by itself. A new one is a row.</summary>
internal static class BuiltInPublishers
{
    private const string Cve = @"(?<cve>CVE-[0-9]{4}-[0-9]{4,19})\b";

    /// <summary>The order matters where two patterns fit one text: the first row wins.</summary>
    public static IReadOnlyList<Publisher> Rows { get; } =
    [
        // Portal WID-SEC-2026-0001, CSAF WID-SEC-W-2026-0001, in 2023 in lower case: the same advisory.
        Row("BSI WID", "WID-SEC-", @"\bWID-SEC-(?:W-)?(?<year>[0-9]{4})-(?<number>[0-9]{4,6})\b", "WID-SEC-${year}-${number}", "wid.cert-bund.de", "bsi.bund.de", parameter: "name"),
        Row("DFN-CERT", "DFN-CERT-", @"\bDFN-CERT-(?<year>[0-9]{4})-(?<number>[0-9]{4,6})\b", "DFN-CERT-${year}-${number}", "adv-archiv.dfn-cert.de", "dfn-cert.de", parameter: "name", inTitle: true),
        Row("JVN iPedia", "JVNDB-", @"\bJVNDB-(?<year>[0-9]{4})-(?<number>[0-9]{6})\b", "JVNDB-${year}-${number}", "jvndb.jvn.jp", "jvn.jp", parameter: "name"),
        Row("CERT-FR", "CERTFR-", @"\bCERTFR-(?<year>[0-9]{4})-(?<kind>AVI|ALE|ACT|CTI|IOC|DUR)-(?<number>[0-9]{3,5})\b", "CERTFR-${year}-${kind}-${number}", "cert.ssi.gouv.fr", "cert.ssi.gouv.fr", inTitle: true),
        Row("NCSC-NL", "NCSC-", @"\bNCSC-(?<year>20[0-9]{2})-(?<number>[0-9]{4})\b", "NCSC-${year}-${number}", "advisories.ncsc.nl", "ncsc.nl", inTitle: true),
        Row("CISA ICS", "ICS", @"\bICS(?<kind>M?A)-(?<rest>[0-9]{2}-[0-9]{3}-[0-9]{2})[A-Z]?\b", "ICS${kind}-${rest}", "cisa.gov", "cisa.gov", inTitle: true),
        Row("CISA", "VA-", @"\bVA-(?<rest>[0-9]{2}-[0-9]{3}-[0-9]{2})\b", "VA-${rest}", "cisa.gov", "cisa.gov"),
        Row("CERT@VDE", "VDE-", @"\bVDE-(?<rest>20[0-9]{2}-[0-9]{3})\b", "VDE-${rest}", "certvde.com", ""),

        Row("Siemens", "SSA-", @"\bSSA-(?<number>[0-9]{6})\b", "SSA-${number}", "cert-portal.siemens.com", "siemens.com", inTitle: true),
        Row("SICK", "SCA-", @"\bSCA-(?<rest>20[0-9]{2}-[0-9]{4})\b", "SCA-${rest}", "sick.com", "sick.com"),
        Row("Bosch", "BOSCH-SA-", @"\bBOSCH-SA-(?<rest>[0-9]{6}(?:-BT)?)\b", "BOSCH-SA-${rest}", "psirt.bosch.com", "bosch.com"),
        Row("Schneider Electric", "SEVD-", @"\bSEVD-(?<rest>20[0-9]{2}-[0-9]{3}-[0-9]{2})\b", "SEVD-${rest}", "se.com", "se.com"),
        Row("Fortinet", "FG-IR-", @"\bFG-IR-(?<rest>[0-9]{2}-[0-9]{3,4})\b", "FG-IR-${rest}", "fortiguard.fortinet.com fortiguard.com", "fortinet.com fortiguard.com"),
        Row("Cisco", "cisco-sa-", @"\bcisco-sa-(?<lower>[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)", "cisco-sa-${lower}", "cisco.com", "cisco.com wwww.cisco.com"),
        Row("VMware", "VMSA-", @"\bVMSA-(?<rest>20[0-9]{2}-[0-9]{4})\b(?:\.[0-9]{1,2}\b)?", "VMSA-${rest}", "vmware.com broadcom.com", "vmware.com broadcom.com", inTitle: true),
        Row("Palo Alto Networks", "PAN-SA-", @"\bPAN-SA-(?<rest>20[0-9]{2}-[0-9]{4})\b", "PAN-SA-${rest}", "security.paloaltonetworks.com", "paloaltonetworks.com"),
        Row("Palo Alto Networks, by CVE", "CVE-", @"\b(?:PAN-)?" + Cve, "PAN-${cve}", "security.paloaltonetworks.com", "paloaltonetworks.com", needsPublisher: true),
        Row("Microsoft", "msrc", @"\bmsrc[_-]" + Cve, "MSRC-${cve}", "", "microsoft.com"),
        Row("Microsoft, by CVE", "CVE-", @"\b" + Cve, "MSRC-${cve}", "msrc.microsoft.com portal.msrc.microsoft.com", "microsoft.com", needsPublisher: true),
        Row("Juniper", "JSA", @"\bJSA-?(?<number>[0-9]{4,6})\b", "JSA${number}", "juniper.net", "juniper.net"),
        Row("Adobe", "APS", @"\bAPS(?<kind>[AB])(?<rest>[0-9]{2}-[0-9]{2,3})\b", "APS${kind}${rest}", "adobe.com", "adobe.com", inTitle: true),
        Row("WatchGuard", "WGSA-", @"\bWGSA-(?<rest>20[0-9]{2}-[0-9]{5})\b", "WGSA-${rest}", "watchguard.com", "watchguard.com"),
        Row("SonicWall", "SNWLID-", @"\bSNWLID-(?<rest>20[0-9]{2}-[0-9]{4})\b", "SNWLID-${rest}", "sonicwall.com", "sonicwall.com"),
        Row("QNAP", "QSA-", @"\bQSA-(?<rest>[0-9]{2}-[0-9]{2,3})\b", "QSA-${rest}", "qnap.com", "qnap.com"),
        Row("Synology", "Synology", @"\bSynology[-_]SA[-_](?<year>[0-9]{2})[:_](?<number>[0-9]{2,3})\b", "Synology-SA-${year}-${number}", "synology.com", "synology.com", inTitle: true),
        Row("NetApp", "NTAP-", @"\bNTAP-(?<rest>20[0-9]{6}-[0-9]{4})\b", "NTAP-${rest}", "security.netapp.com", "netapp.com"),
        Row("Citrix", "CTX", @"\bCTX(?<number>[0-9]{6,7})\b", "CTX${number}", "support.citrix.com", "citrix.com"),
        Row("F5", "K0", @"\bK(?<number>0[0-9]{7,8})\b", "K${number}", "my.f5.com support.f5.com", "f5.com"),
        Row("Intel", "INTEL-SA-", @"\bINTEL-SA-(?<number>[0-9]{5})\b", "INTEL-SA-${number}", "intel.com", "intel.com", inTitle: true),
        Row("AMD", "AMD-SB-", @"\bAMD-SB-(?<number>[0-9]{4,5})\b", "AMD-SB-${number}", "amd.com", "amd.com"),
        Row("Dell", "DSA-20", @"\bDSA-(?<rest>20[0-9]{2}-[0-9]{3})\b", "DSA-${rest}", "dell.com", "dell.com", inTitle: true),
        Row("HPE", "HPESB", @"\bHPESB(?<rest>[A-Z]{2}[0-9]{5})(?![0-9])", "HPESB${rest}", "hpe.com", "hpe.com"),
        Row("Splunk", "SVD-", @"\bSVD-(?<rest>20[0-9]{2}-[0-9]{4})\b", "SVD-${rest}", "advisory.splunk.com", "splunk.com", inTitle: true),
        Row("Tenable", "TNS-", @"\bTNS-(?<rest>20[0-9]{2}-[0-9]{2})\b", "TNS-${rest}", "tenable.com", "tenable.com", inTitle: true),
        Row("IGEL", "ISN-", @"\bISN-(?<rest>20[0-9]{2}-[0-9]{2})\b", "ISN-${rest}", "kb.igel.com", "igel.com", inTitle: true),
        Row("Zero Day Initiative", "ZDI-", @"\bZDI-(?<rest>[0-9]{2}-[0-9]{3,4})\b", "ZDI-${rest}", "zerodayinitiative.com", "zerodayinitiative.com", inTitle: true),

        Row("GitHub", "GHSA-", @"\bGHSA-(?<lower>[23456789cfghjmpqrvwx]{4}(?:-[23456789cfghjmpqrvwx]{4}){2})\b", "GHSA-${lower}", "github.com", "github.com", inTitle: true),
        Row("Mozilla", "MFSA", @"\bMFSA[ _-]?(?<rest>20[0-9]{2}-[0-9]{1,3})\b", "MFSA-${rest}", "mozilla.org", "mozilla.org"),
        Row("Open-Xchange", "OXAS-", @"\bOXAS-(?<rest>(?:ADV-)?20[0-9]{2}-[0-9]{4})\b", "OXAS-${rest}", "open-xchange.com", "open-xchange.com", inTitle: true),
        Row("TYPO3", "TYPO3-", @"\bTYPO3-(?<kind>CORE-SA|EXT-SA|PSA)-(?<rest>20[0-9]{2}-[0-9]{3})\b", "TYPO3-${kind}-${rest}", "typo3.org", "typo3.org", inTitle: true),
        Row("Drupal", "SA-CO", @"(?<![\w-])SA-(?<kind>CORE|CONTRIB)-(?<rest>20[0-9]{2}-[0-9]{3})\b", "SA-${kind}-${rest}", "drupal.org", "drupal.org"),
        Row("Xen", "XSA", @"\b(?:XSA-|xsa/advisory-)(?<number>[0-9]{1,4})\b", "XSA-${number}", "xenbits.xen.org", "xen.org", inTitle: true),

        Row("Red Hat", "RH", @"\bRH(?<kind>[SBE])A-(?<year>20[0-9]{2})(?::|%3A|_|-)(?<number>[0-9]{3,6})\b", "RH${kind}A-${year}-${number}", "redhat.com", "redhat.com", inTitle: true),
        Row("SUSE", "SUSE-", @"(?<![A-Za-z])SUSE-(?<kind>[SRFO]U)-(?<year>20[0-9]{2})(?::|%3A|_|-)?(?<number>[0-9]{4,5})-(?<update>[0-9]{1,2})\b", "SUSE-${kind}-${year}-${number}-${update}", "suse.com", "suse.com", inTitle: true),
        Row("openSUSE", "openSUSE-", @"\bopenSUSE-(?<kind>[SRFO]U)-(?<year>20[0-9]{2})(?::|%3A|_|-)?(?<number>[0-9]{4,5})-(?<update>[0-9]{1,2})\b", "openSUSE-${kind}-${year}-${number}-${update}", "opensuse.org suse.com", "opensuse.org suse.com", inTitle: true),
        // Debian's and Ubuntu's numbers have a further one for what mends the update; Debian's page is one for all of them.
        Row("Debian", "DSA-", @"\bDSA-(?<number>[0-9]{3,5})(?:-[0-9]{1,2})?(?![0-9-])", "DSA-${number}", "debian.org", "debian.org", inTitle: true),
        Row("Debian LTS", "DLA-", @"\bDLA-(?<number>[0-9]{1,5})(?:-[0-9]{1,2})?(?![0-9-])", "DLA-${number}", "debian.org", "debian.org", inTitle: true),
        Row("Ubuntu", "USN-", @"\bUSN-(?<rest>[0-9]{1,5}-[0-9]{1,2})\b", "USN-${rest}", "ubuntu.com", "ubuntu.com canonical.com", inTitle: true),
        Row("Oracle Linux", "ELSA-", @"\bELSA-(?<rest>20[0-9]{2}-[0-9]{3,6})\b", "ELSA-${rest}", "oracle.com", "oracle.com", inTitle: true),
        Row("AlmaLinux", "ALSA-", @"\bALSA-(?<year>20[0-9]{2})(?::|%3A|_|-)(?<number>[A-Z]?[0-9]{3,6})\b", "ALSA-${year}-${number}", "almalinux.org", "almalinux.org", inTitle: true),
        Row("Rocky Linux", "RLSA-", @"\bRLSA-(?<year>20[0-9]{2})(?::|%3A|_|-)(?<number>[0-9]{3,6})\b", "RLSA-${year}-${number}", "rockylinux.org", "rockylinux.org", inTitle: true),
        Row("Fedora", "FEDORA-", @"\bFEDORA-(?<kind>EPEL-)?(?<rest>20[0-9]{2}-[0-9a-f]{10})\b", "FEDORA-${kind}${rest}", "bodhi.fedoraproject.org", "fedoraproject.org", inTitle: true),
        Row("Gentoo", "GLSA", @"\bGLSA[ -](?<rest>20[0-9]{4}-[0-9]{2})\b", "GLSA-${rest}", "security.gentoo.org", "gentoo.org", inTitle: true),
        Row("Arch Linux", "ASA-", @"\bASA-(?<rest>20[0-9]{4}-[0-9]{1,2})\b", "ASA-${rest}", "security.archlinux.org", "archlinux.org", inTitle: true),
        Row("Mageia", "MGASA-", @"\bMGASA-(?<rest>20[0-9]{2}-[0-9]{4})\b", "MGASA-${rest}", "mageia.org", "mageia.org", inTitle: true),
        Row("FreeBSD", "FreeBSD-SA-", @"\bFreeBSD-SA-(?<year>[0-9]{2})(?::|%3A)(?<number>[0-9]{2})(?:\.(?<lower>[a-z0-9_-]+))?\b", "FreeBSD-SA-${year}-${number}", "freebsd.org", "freebsd.org", inTitle: true),
    ];

    private static Publisher Row(string name, string hint, string pattern, string template, string hosts, string namespaces, string? parameter = null, bool inTitle = false, bool needsPublisher = false) =>
        new(name, pattern, template)
        {
            Hint = hint,
            Hosts = hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Namespaces = namespaces.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Parameter = parameter,
            InTitle = inTitle,
            NeedsPublisher = needsPublisher,
        };
}
