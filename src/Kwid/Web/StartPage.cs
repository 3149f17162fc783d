using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Web;

/// <summary><c>/</c>: finds a recipient by name, key or district, without JavaScript.</summary>
internal sealed class StartPage(Installation installation)
{
    private const int MostHits = 60;

    public Task ServeAsync(HttpContext http)
    {
        var query = http.Request.Query["q"].ToString();
        var configuration = installation.Configuration;
        var hits = RecipientSearch.Find(configuration.Recipients, query, recipient => installation.Shelf.FormerNamesOf(recipient.Key.ToString()));
        if (hits is [var only])
        {
            http.Response.Redirect($"/kommunen/{only.Key}");
            return Task.CompletedTask;
        }

        var page = Page.Write(configuration.Service.Title, "Kommune finden", Content(configuration, query.Trim(), hits));
        return http.AnswerPageAsync(StatusCodes.Status200OK, page);
    }

    private static Html Content(KwidConfiguration configuration, string query, IReadOnlyList<Recipient> hits) =>
        $"""
        <h1>Sicherheitshinweise für Ihre Kommune</h1>
        <p>{configuration.Service.Title} gibt Hinweise zur IT-Sicherheit an {configuration.Recipients.Count(recipient => recipient.Successor is null)} Kommunen und Kreise weiter: als Feed, ohne Anmeldung, kostenfrei.</p>
        <form role="search" action="/" method="get">
        <p><label for="q">Name, amtlicher Schlüssel oder Kreis</label><br>
        <input id="q" name="q" type="search" value="{query}" autocomplete="off" size="30"> <button>Suchen</button></p>
        </form>
        {Result(configuration, query, hits)}
        {Everyone(configuration)}
        """;

    private static Html Everyone(KwidConfiguration configuration) => configuration.Closed
        ? (Html)$"<p>Die Feeds dieses Dienstes haben geschützte Adressen. Ihre bekommen Sie vom Betreiber.</p>"
        : (Html)
        $"""
        <h2>Für alle</h2>
        <p>Wer keiner Kommune angehört, nimmt den gemeinsamen Feed:</p>
        {FeedAddresses.Write(configuration, RecipientKey.Everyone)}
        """;

    private static Html Result(KwidConfiguration configuration, string query, IReadOnlyList<Recipient> hits)
    {
        if (query.Length == 0) return Html.Empty;
        if (hits.Count == 0)
            return $"<h2>Nichts gefunden</h2><p>Zu „{query}“ gibt es hier keine Kommune und keinen Kreis. Prüfen Sie die Schreibweise, oder suchen Sie mit einem Teil des Namens.</p>";
        Html more = hits.Count > MostHits ? (Html)$"<p>Die ersten {MostHits} von {hits.Count}; ein längerer Name findet genauer.</p>" : Html.Empty;
        return $"""
            <h2>{hits.Count} Treffer</h2>
            <ul>
            {Html.Each(hits.Take(MostHits), hit => Hit(hit, configuration))}</ul>
            {more}
            """;
    }

    private static Html Hit(Recipient recipient, KwidConfiguration configuration)
    {
        Html district = recipient.District is { } name ? (Html)$", {name}" : Html.Empty;
        Html successor = recipient.Successor is null ? Html.Empty : (Html)$", gehört jetzt zu {Mergers.HeirOf(recipient, configuration.Recipients).Name}";
        return $"<li><a href=\"/kommunen/{recipient.Key.ToString()}\">{recipient.Name}</a>{district}{successor} ({recipient.Key.ToString()})</li>\n";
    }
}
