using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>German words for what the model says, in one place for feeds and pages.</summary>
public static class GermanWords
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Severity in lower case: <c>kritisch</c>.</summary>
    public static string Word(this Severity severity) => severity switch
    {
        Severity.Critical => "kritisch",
        Severity.High => "hoch",
        Severity.Medium => "mittel",
        Severity.Low => "niedrig",
        _ => "keine",
    };

    /// <summary>What an attacker gains: <c>Codeausführung</c>.</summary>
    public static string Word(this Effect effect) => effect switch
    {
        Effect.CodeExecution => "Codeausführung",
        Effect.PrivilegeEscalation => "Rechteausweitung",
        Effect.SecurityBypass => "Umgehen von Schutzmaßnahmen",
        Effect.Disclosure => "Datenabfluss",
        Effect.Manipulation => "Datenmanipulation",
        Effect.CrossSiteScripting => "Cross-Site-Scripting",
        Effect.Spoofing => "Täuschung",
        _ => "Dienstausfall",
    };

    /// <summary>The language of a text that is not German: <c>auf Englisch</c>; null when it is German.</summary>
    public static string? Foreign(string language) => language.Split('-')[0].ToUpperInvariant() switch
    {
        "DE" => null,
        "EN" => "auf Englisch",
        "FR" => "auf Französisch",
        "NL" => "auf Niederländisch",
        _ => "in deren Sprache",
    };

    /// <summary>A day as people write it, in their time zone: <c>1. März 2026</c>. BSI's dates are Berlin midnights, so the zone decides the day.</summary>
    public static string Day(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("d. MMMM yyyy", German);

    /// <summary>A minute as people write it, in their time zone: <c>1. März 2026, 08:30 Uhr</c>.</summary>
    public static string Minute(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("d. MMMM yyyy, HH:mm", German) + " Uhr";

    /// <summary>The sentence that explains a publication, by the id of its rule (<see cref="Publication.Reason"/>).</summary>
    public static string Reason(string rule) => rule switch
    {
        "deliver-always" => "Sie erhalten dies, weil die Hinweise dieser Quelle an alle Empfänger gehen.",
        "critical" => "Sie erhalten dies, weil der Hinweis als kritisch eingestuft ist.",
        "exploited" => "Sie erhalten dies, weil die Schwachstelle bereits ausgenutzt wird.",
        "source-removed" => "Sie erhalten dies, weil im Zweifel zugestellt wird: Die Quelle ist nicht mehr eingerichtet.",
        "addressed" => "Sie erhalten dies, weil der Hinweis an Sie gerichtet ist.",
        "addressed-member" => "Sie erhalten dies, weil der Hinweis an Stellen gerichtet ist, die Sie betreuen.",
        "provider-joined" => "Sie erhalten dies, weil Sie die Stelle, an die der Hinweis gerichtet ist, inzwischen betreuen.",
        "burst" => "Sie erhalten dies als eine Meldung, weil die Quelle ungewöhnlich viele Hinweise auf einmal veröffentlicht hat.",
        "outage" => "Sie erhalten dies, weil alle Empfänger auf diese Quellen angewiesen sind.",
        _ => $"Sie erhalten dies nach der Regel „{rule}“.",
    };

    /// <summary>Text as HTML text or attribute value, umlauts as they are.</summary>
    public static string Encode(string? text) => Encoder.Encode(text ?? "");

    /// <summary>At most <paramref name="length"/> characters, cut at a word and marked with an ellipsis.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = text.LastIndexOf(' ', length - 1);
        if (end < length / 2) end = length - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end].TrimEnd(' ', ',', ';', ':', '-', '–') + "…";
    }
}
