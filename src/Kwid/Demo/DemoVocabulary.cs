namespace Kwid.Demo;

/// <summary>The words of which the demonstration's advisories are made. No vendor or product of these names is known to exist.</summary>
internal static class DemoVocabulary
{
    /// <summary>The vendor that has an upstream feed of its own.</summary>
    public const string VendorWithFeed = "Beispielwerke";

    public static readonly IReadOnlyList<DemoProduct> Products =
    [
        new("Mustersoft", "Mailserver"),
        new("Mustersoft", "Büropaket"),
        new("Mustersoft", "Verzeichnisdienst"),
        new(VendorWithFeed, "Firewall BW-OS"),
        new(VendorWithFeed, "Gebäudeleittechnik"),
        new("Fantasia Netze", "VPN-Gateway"),
        new("Ausgedacht Systeme", "Fachverfahren Meldewesen"),
        new("Ausgedacht Systeme", "Bürgerportal"),
        new("Erdacht & Söhne", "Ratsinformationssystem"),
        new("Nirgendwo Cloud", "Dateiablage"),
        new("Phantasos", "Virtualisierung"),
        new("Fiktivia Linux", "Kernel"),
    ];

    public static readonly IReadOnlyList<DemoEffect> Effects =
    [
        new("Schwachstelle ermöglicht Codeausführung", "beliebigen Programmcode auszuführen"),
        new("Schwachstelle ermöglicht Privilegieneskalation", "seine Privilegien zu erhöhen"),
        new("Schwachstelle ermöglicht Offenlegung von Informationen", "Informationen offenzulegen"),
        new("Schwachstelle ermöglicht Denial of Service", "einen Denial of Service Angriff durchzuführen"),
        new("Schwachstelle ermöglicht Umgehen von Sicherheitsvorkehrungen", "Sicherheitsvorkehrungen zu umgehen"),
        new("Schwachstelle ermöglicht Cross-Site Scripting", "einen Cross-Site Scripting Angriff durchzuführen"),
        new("Mehrere Schwachstellen", "Dateien zu manipulieren oder Informationen offenzulegen"),
    ];

    public static readonly IReadOnlyList<string> Attackers =
        ["Ein entfernter, anonymer Angreifer", "Ein entfernter, authentisierter Angreifer", "Ein lokaler Angreifer"];
}
