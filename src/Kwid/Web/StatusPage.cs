using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Scheduling;
using Kwid.Service;

namespace Kwid.Web;

/// <summary><c>/status</c>: public, so without the sources' addresses and error texts; those stand in the log and in <c>kwid poll --json</c>.</summary>
internal sealed class StatusPage(Installation installation, ServiceCondition condition)
{
    public Task ServeAsync(HttpContext http)
    {
        var service = installation.Configuration.Service;
        var rows = installation.Configuration.Sources.Select(source => (Source: source, State: installation.States.Of(source))).ToList();
        var polled = rows.Where(row => row.Source.IsPolled).ToList();
        var wrong = polled.Where(row => row.State.Error is not null).Select(row => row.Source.Name).ToList();
        Html main =
            $"""
            <h1>Status</h1>
            {Summary(polled.Count, wrong.Count)}
            {Edition()}
            <h2>Quellen</h2>
            <div class="scroll" role="region" aria-label="Quellen" tabindex="0">
            <table>
            <thead><tr><th scope="col">Quelle</th><th scope="col">Zustand</th><th scope="col">Zuletzt erfolgreich</th><th scope="col">Einträge</th><th scope="col">Zuletzt Neues</th></tr></thead>
            <tbody>
            {Html.Each(rows, row => Row(row.Source, row.State))}</tbody>
            </table>
            </div>
            """;
        return http.AnswerPageAsync(StatusCodes.Status200OK, Page.Write(service.Title, "Status", main));
    }

    private Html Summary(int polled, int wrong)
    {
        if (condition.StoreFault is not null)
            return $"<p><strong>Gestört:</strong> Neue Hinweise können zurzeit nicht gespeichert werden. Die Feeds zeigen den letzten Stand.</p>";
        if (condition.PublishingFault is not null)
            return $"<p><strong>Gestört:</strong> Die Uhr dieses Dienstes geht falsch, deshalb wird zurzeit nichts Neues veröffentlicht. Die Feeds zeigen den letzten Stand.</p>";
        Html kept = installation.Keeper.Problem is null ? Html.Empty : (Html)$"<p>Eine Änderung der Konfiguration wurde nicht übernommen; die letzte gültige ist in Kraft.</p>";
        return wrong == 0
            ? (Html)$"<p>Alle {polled} abgefragten Quellen sind in Ordnung.</p>{kept}"
            : (Html)$"<p><strong>{wrong} von {polled} Quellen sind zurzeit nicht lesbar.</strong> Die Feeds zeigen deren letzten Stand.</p>{kept}";
    }

    private Html Edition() => installation.Shelf.Last is { } last
        ? (Html)$"<p>Ausgabe {last.Number} vom {Minute(last.Instant)}; {installation.Advisories} Hinweise bekannt.</p>"
        : (Html)$"<p>Noch nichts veröffentlicht.</p>";

    private Html Row(Source source, SourceState state) =>
        $"""
        <tr><th scope="row">{source.Name}</th><td>{State(source, state)}</td><td>{Minute(state.LastSuccess)}</td><td>{Entries(source, state)}</td><td>{Minute(state.LastNew)}</td></tr>

        """;

    private static string State(Source source, SourceState state)
    {
        if (!source.Enabled) return "abgeschaltet";
        if (!source.IsSupported) return "noch nicht unterstützt";
        if (state.LastPoll is null) return "noch nicht abgefragt";
        if (state.Error is null) return state.LastRejected > 0 ? $"in Ordnung, {state.LastRejected} Einträge nicht lesbar" : "in Ordnung";
        var what = state.LastStatus is { } status and not 200 ? $"antwortet mit Fehler {status}" : state.LastStatus is null ? "nicht erreichbar" : "nicht lesbar";
        return state.Failures == 1 ? what : $"{what} (seit {state.Failures} Versuchen)";
    }

    private static string Entries(Source source, SourceState state) => source.IsPolled && state.LastSuccess is not null ? $"{state.LastEntries}" : "–";

    private string Minute(DateTimeOffset? instant) => instant is { } known ? GermanWords.Minute(known, installation.Configuration.Service.TimeZone) : "–";
}
