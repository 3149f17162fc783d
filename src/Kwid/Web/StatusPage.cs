using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Web;

/// <summary><c>/status</c>: public, so without the sources' addresses and error texts; those stand in the log and in <c>kwid poll --json</c>.</summary>
internal sealed class StatusPage(Installation installation, ServiceCondition condition)
{
    public Task ServeAsync(HttpContext http)
    {
        var service = installation.Configuration.Service;
        var rows = installation.Configuration.Sources.Select(source => (Source: source, State: installation.States.Of(source))).ToList();
        var polled = rows.Where(row => row.Source.IsPolled).Select(row => row.State).ToList();
        Html main =
            $"""
            <h1>Status</h1>
            {Summary(polled)}
            {Edition()}
            <h2>Quellen</h2>
            <div class="scroll" role="region" aria-label="Quellen" tabindex="0">
            <table>
            <thead><tr><th scope="col">Quelle</th><th scope="col">Zustand</th><th scope="col">Seit</th><th scope="col">Zuletzt erfolgreich</th><th scope="col">Zuletzt Neues</th><th scope="col">Nächste Abfrage</th></tr></thead>
            <tbody>
            {Html.Each(rows, row => Row(row.Source, row.State))}</tbody>
            </table>
            </div>
            """;
        return http.AnswerPageAsync(StatusCodes.Status200OK, Page.Write(service.Title, "Status", main));
    }

    private Html Summary(List<SourceState> polled)
    {
        if (condition.StoreFault is not null)
            return $"<p><strong>Gestört:</strong> Neue Hinweise können zurzeit nicht gespeichert werden. Die Feeds zeigen den letzten Stand.</p>";
        if (condition.PublishingFault is not null)
            return $"<p><strong>Gestört:</strong> Die Uhr dieses Dienstes geht falsch, deshalb wird zurzeit nichts Neues veröffentlicht. Die Feeds zeigen den letzten Stand.</p>";
        if (condition.EditionFault is not null)
            return $"<p><strong>Gestört:</strong> Neue Hinweise werden gespeichert, können aber zurzeit nicht veröffentlicht werden. Die Feeds zeigen den letzten Stand.</p>";
        if (!condition.IsLineUp())
            return $"<p><strong>Gestört:</strong> Dieser Dienst erreicht zurzeit die meisten Quellen nicht; vermutlich liegt es an seiner eigenen Leitung. Die Feeds zeigen den letzten Stand.</p>";
        var well = polled.Count(state => Health(state) is HealthState.Ok or HealthState.Moved);
        var waiting = polled.Count(state => state.Held is not null);
        Html sources = well == polled.Count
            ? (Html)$"<p>Alle {polled.Count} abgefragten Quellen sind in Ordnung.</p>"
            : (Html)$"<p><strong>{well} von {polled.Count} abgefragten Quellen sind in Ordnung.</strong> Von den übrigen zeigen die Feeds den letzten Stand.</p>";
        Html held = waiting == 0 ? Html.Empty : (Html)$"<p>Neue Einträge von {(waiting == 1 ? "einer Quelle" : $"{waiting} Quellen")} warten auf eine Entscheidung des Betreibers, höchstens sechs Stunden.</p>";
        Html files = condition.FilesFault is null ? Html.Empty : (Html)$"<p>Dateien dieses Dienstes können zurzeit nicht geschrieben oder gelesen werden; die Feeds sind auf dem neuesten Stand.</p>";
        Html kept = installation.Keeper.Problem is null ? Html.Empty : (Html)$"<p>Eine Änderung der Konfiguration wurde nicht übernommen; die letzte gültige ist in Kraft.</p>";
        return $"{sources}{held}{files}{kept}";
    }

    private Html Edition() => installation.Shelf.Last is { } last
        ? (Html)$"<p>Ausgabe {last.Number} vom {Minute(last.Instant)}; {installation.Advisories} Hinweise bekannt.</p>"
        : (Html)$"<p>Noch nichts veröffentlicht.</p>";

    private Html Row(Source source, SourceState state) =>
        $"""
        <tr><th scope="row">{source.Name}</th><td>{Words(source, state)}{Waiting(state)}</td><td>{Minute(source.IsPolled ? state.Condition.Since : null)}</td><td>{Minute(state.LastSuccess)}</td><td>{Minute(state.LastNew)}</td><td>{Minute(source.IsPolled ? state.NextPoll : null)}</td></tr>

        """;

    private static string Waiting(SourceState state) => state.Held?.Advisories switch
    {
        null or 0 => "",
        1 => "; 1 neuer Eintrag wartet",
        var count => $"; {count} neue Einträge warten",
    };

    private static string Words(Source source, SourceState state)
    {
        if (!source.Enabled) return "abgeschaltet";
        if (!source.IsSupported) return "noch nicht unterstützt";
        if (state.LastPoll is null) return "noch nicht abgefragt";
        return Health(state) switch
        {
            HealthState.Ok when state.LastRejected > 0 => $"in Ordnung, {state.LastRejected} Einträge nicht lesbar",
            HealthState.Failing when state.LastStatus is { } status and not 200 => $"antwortet mit Fehler {status}",
            HealthState.Failing when state.LastStatus is 200 => "nicht lesbar",
            var health => health.InGerman(),
        };
    }

    /// <summary>A failed attempt that has not made it into the condition, such as one of a source under way, is told all the same.</summary>
    private static HealthState Health(SourceState state) =>
        state is { Error: not null, Condition.State: HealthState.Ok } ? HealthState.Failing : state.Condition.State;

    private string Minute(DateTimeOffset? instant) => instant is { } known ? GermanWords.Minute(known, installation.Configuration.Service.TimeZone) : "–";
}
