using System.Collections.Frozen;
using Kwid.Core.Model;

namespace Kwid.Core.Normalising;

/// <summary>Words by which sources say what an attacker gains and what it takes: parts of German and English sentences, in any case.</summary>
internal static class EffectPhrases
{
    /// <summary>By effect.</summary>
    public static FrozenDictionary<Effect, string[]> OfEffects { get; } = new Dictionary<Effect, string[]>
    {
        [Effect.CodeExecution] =
        [
            "beliebigen programmcode", "beliebigem programmcode", "beliebiger programmcode", "programmcode auszuführen", "programmcode ausführen", "beliebigen code", "beliebigem code", "code auszuführen",
            "code ausführen", "code mit", "code zur ausführung", "codeausführung", "code-ausführung", "ausführung von code", "ausführung von programmcode", "schadcode aus", "kommandos auszuführen",
            "kommandos ausführen", "befehle auszuführen", "befehle ausführen", "befehlen auszuführen", "ausführung beliebiger", "shellcode", "skripte auszuführen",
            "code execution", "execute code", "execute arbitrary", "executing arbitrary", "execution of arbitrary", "arbitrary code", "arbitrary command", "unauthorized code", "unauthorized command",
            "command injection", "code injection", "execute commands", "execute malicious", "run arbitrary", "run commands",
        ],
        [Effect.PrivilegeEscalation] =
        [
            "privilegien", "rechte zu erlangen", "rechte erlangen", "rechte zu erweitern", "rechte zu erhöhen", "rechteausweitung", "rechteerweiterung", "rechte auszuweiten", "berechtigungen zu erlangen",
            "berechtigungen zu erweitern", "berechtigungen zu erhöhen", "erweiterte berechtigungen", "erhöhte berechtigungen", "höhere berechtigungen", "zugriffsrechte zu",
            "elevation of privilege", "privilege escalation", "privileges escalation", "escalation of privilege", "escalate privilege", "escalate their privilege", "escalate his privilege", "elevate privilege", "elevate their privilege", "elevated privilege",
            "gain privilege", "gain root", "gain administrat", "root privileges", "administrative privileges", "administrator privileges", "system privileges",
        ],
        [Effect.SecurityBypass] =
        [
            "sicherheitsvorkehrung", "sicherheitsmaßnahm", "sicherheitsmechanism", "sicherheitsfunktion", "sicherheitsrichtlinie", "sicherheitsbeschränkung", "sicherheitsüberprüfung", "sicherheitseinschränkung", "sicherheitskontroll",
            "schutzmechanism", "schutzmaßnahm", "zu umgehen", "umgehung von", "umgehung der", "umgehen von",
            "bypass", "circumvent", "unauthorized access", "unauthorised access", "improper authentication", "without proper authorization",
        ],
        [Effect.Disclosure] =
        [
            "informationen offen", "daten offen", "dateien offen", "offenlegung", "offenzulegen", "informationen preis", "preisgabe", "auszuspähen", "ausspähen", "zu stehlen", "zu extrahieren", "informationen zu erlangen", "informationen erlangen",
            "informationen auszulesen", "daten auszulesen", "dateien auszulesen", "dateien zu lesen", "daten zu lesen", "informationen zu lesen", "einsehen", "einzusehen", "abzugreifen", "mitzulesen", "vertraulichkeit", "datenabfluss",
            "information disclosure", "disclosure of", "disclose", "sensitive data", "sensitive information", "confidential information", "information leak", "memory leak of", "leak information", "read arbitrary", "obtain information", "exfiltrat", "information exposure",
        ],
        [Effect.Manipulation] =
        [
            "manipulier", "manipulation", "dateien zu schreiben", "dateien zu überschreiben", "dateien zu löschen", "dateien zu verändern", "daten zu löschen", "daten zu verändern", "daten zu ändern", "daten zu schreiben", "integrität",
            "tamper", "modify data", "modify file", "modify arbitrary", "write arbitrary", "overwrite arbitrary", "delete arbitrary", "arbitrary file write", "arbitrary file deletion", "alter data", "data integrity",
        ],
        [Effect.CrossSiteScripting] = ["cross-site scripting", "cross-site-scripting", "cross site scripting", "cross site-scripting", "xss"],
        [Effect.Spoofing] =
        [
            "falsche informationen", "gefälschte informationen", "zu täuschen", "täuschung", "phishing", "umzuleiten", "umleiten", "umleitung", "spoof", "open redirect", "open-redirect", "identität vorzutäuschen", "impersonat",
        ],
        [Effect.DenialOfService] =
        [
            "denial of service", "denial-of-service", "dos-angriff", "dos angriff", "dos-zustand", "dos zustand", "dienstausfall", "verfügbarkeit", "absturz", "abstürzen", "zum stillstand", "crash", "denial of-service", "resource exhaustion", "device reboot", "device to reload",
        ],
    }.ToFrozenDictionary();

    /// <summary>That it works over the network.</summary>
    public static string[] Remote { get; } =
    [
        "entfernter angreifer", "entfernten angreifer", "entfernte angreifer", "entfernter, ", "entfernten, ", "entfernter anonymer", "entfernter authentisierter", "entfernter oder", "aus der ferne", "über das netzwerk",
        "remote attacker", "remote, ", "remote unauthenticated", "remote authenticated", "exploitable remotely", "exploited remotely", "remotely exploit", "attack remotely", "over the network", "low attack complexity/remote",
    ];

    /// <summary>That it needs no login.</summary>
    public static string[] NoLogin { get; } =
    [
        "anonymer", "anonymen angreifer", "anonyme angreifer", "nicht authentisierte", "nicht-authentisierte", "nicht authentifizierte", "nicht-authentifizierte", "nicht angemeldete", "unauthentisierte", "unauthentifizierte", "ohne authentisierung", "ohne authentifizierung", "ohne anmeldung",
        "unauthenticated", "not authenticated", "without authentication", "no authentication", "without authenticating",
    ];
}
