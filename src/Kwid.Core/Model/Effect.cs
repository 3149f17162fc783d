namespace Kwid.Core.Model;

/// <summary>What an attacker gains, the gravest first: by the source's words about the attack.</summary>
public enum Effect
{
    /// <summary>Codeausführung.</summary>
    CodeExecution,

    /// <summary>Rechteausweitung.</summary>
    PrivilegeEscalation,

    /// <summary>Umgehen von Schutzmaßnahmen, Anmeldung eingeschlossen.</summary>
    SecurityBypass,

    /// <summary>Datenabfluss.</summary>
    Disclosure,

    /// <summary>Datenmanipulation.</summary>
    Manipulation,

    /// <summary>Cross-Site-Scripting.</summary>
    CrossSiteScripting,

    /// <summary>Täuschung des Benutzers.</summary>
    Spoofing,

    /// <summary>Dienstausfall.</summary>
    DenialOfService,
}
