using Kwid.Configuration;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Web.Operator;

/// <summary>What concerns the service as a whole: store, files, publishing, our own line, configuration.</summary>
internal static class ServiceEvents
{
    public static IEnumerable<OperatorEvent> Of(ServiceCondition condition, TimeZoneInfo zone) =>
    [
        .. condition.Store.All.Select(fault => OfFault(
            fault, "speicher", "Speicher", "nichts Neues wird gespeichert", "Neue Hinweise können nicht gespeichert werden; die Feeds zeigen den letzten Stand.", zone)),
        .. condition.Files.All.Select(fault => OfFault(
            fault, "dateien", "Dateien", "gestört", "Neues wird gespeichert und in den Feeds gezeigt; nur die Dateien neben dem Speicher sind nicht auf dem Stand. Ein Neustart dauert länger, solange das so ist.", zone)),
        .. condition.Publishing.All.Select(fault => OfFault(
            fault, "veroeffentlichung", "Veröffentlichung", "angehalten", "Neues wird gespeichert, aber nicht veröffentlicht; die Feeds zeigen den letzten Stand.", zone)),
        .. condition.Editions.All.Select(fault => OfFault(
            fault, "ausgabe", "Veröffentlichung", "fehlgeschlagen", "Neues wird gespeichert, aber nicht veröffentlicht; die Feeds zeigen den letzten Stand. Es ist ein Fehler in Kwid.", zone)),
        .. condition.Retention.All.Select(fault => OfFault(
            fault, "aufbewahrung", "Aufbewahrung", "angehalten", "Altes wird nicht gelöscht, solange die Uhr nicht bestätigt ist; sonst ist nichts gestört.", zone)),
        .. condition.Line.All.Select(fault => OfFault(
            fault, "leitung", "Eigene Leitung", "gestört", "Die meisten Quellen sind zugleich nicht erreichbar. Sie werden alle abgefragt, sobald die Leitung wieder steht.", zone)),
    ];

    /// <summary>Files that were refused.</summary>
    /// <param name="problem">Why.</param>
    /// <param name="zone">Of the times told.</param>
    public static OperatorEvent OfConfiguration(ConfigurationProblem problem, TimeZoneInfo zone)
    {
        var count = problem.Mistakes.Count == 1 ? "ein Fehler" : $"{problem.Mistakes.Count} Fehler";
        Html accept = problem is { CanBeAccepted: true, Ended: null } ? (Html)$"<p>Ist das gewollt: <code>kwid accept</code></p>" : Html.Empty;
        return new OperatorEvent(
            "konfiguration", problem.Since, problem.Ended ?? problem.Updated, problem.Ended is null ? "ABGELEHNT" : "BEHOBEN", "Konfiguration",
            problem.Ended is { } end ? $"{count} {GermanHealth.Span(problem.Since, end, zone)}" : $"{count} seit {GermanHealth.Clock(problem.Since, zone)}; die letzte gültige gilt",
            $"""
            <p>{When(problem.Since, problem.Ended, zone)} Die letzte gültige Konfiguration blieb in Kraft.</p>
            <ul>{Html.Each(problem.Mistakes, mistake => $"<li>{mistake.Code} <code>{mistake.ToString()}</code></li>")}</ul>
            {accept}
            """)
        {
            End = problem.Ended,
        };
    }

    private static OperatorEvent OfFault(ServiceFault fault, string kind, string subject, string title, string meaning, TimeZoneInfo zone) => new(
        kind, fault.Start, fault.End ?? fault.Updated, fault.End is null ? "GESTÖRT" : "BEHOBEN", subject,
        fault.End is { } end ? $"{title} {GermanHealth.Span(fault.Start, end, zone)}" : $"{title} seit {GermanHealth.Clock(fault.Start, zone)}",
        $"<p>{When(fault.Start, fault.End, zone)} {meaning}</p>\n<p>Befund und Abhilfe: {fault.Reason}</p>")
    {
        End = fault.End,
    };

    private static string When(DateTimeOffset start, DateTimeOffset? end, TimeZoneInfo zone) => end is { } over
        ? $"Vom {GermanWords.Minute(start, zone)}, bis zum {GermanWords.Minute(over, zone)}."
        : $"Seit dem {GermanWords.Minute(start, zone)}.";
}
