using Kwid.Configuration;
using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Web;

/// <summary><c>/kommunen/{key}</c>, also by name: a recipient's addresses and how to use them.</summary>
internal sealed class RecipientPage(Installation installation)
{
    public Task ServeAsync(HttpContext http)
    {
        var configuration = installation.Configuration;
        if (configuration.Closed)
        {
            Html closed = $"<h1>Nicht öffentlich</h1><p>Die Feeds dieses Dienstes haben geschützte Adressen. Ihre bekommen Sie vom Betreiber.</p>";
            return http.AnswerPageAsync(StatusCodes.Status404NotFound, Page.Write(configuration.Service.Title, "Nicht öffentlich", closed));
        }

        var asked = (string?)http.Request.RouteValues["key"] ?? "";
        if (asked == RecipientKey.Everyone.ToString()) return AnswerAsync(http, configuration, new Recipient(RecipientKey.Everyone, "alle", null, Subscription.Default));

        var hits = RecipientSearch.Find(configuration.Recipients, asked, recipient => installation.Shelf.FormerNamesOf(recipient.Key.ToString()));
        if (hits.FirstOrDefault(hit => hit.Key.ToString() == asked) is { } recipient) return AnswerAsync(http, configuration, recipient);
        if (hits.Count > 0)
        {
            http.Response.Redirect(hits is [var only] ? $"/kommunen/{only.Key}" : $"/?q={Uri.EscapeDataString(asked)}");
            return Task.CompletedTask;
        }

        Html main = $"<h1>Diese Kommune gibt es hier nicht</h1><p>„{asked}“ ist nicht eingerichtet. <a href=\"/\">Kommune suchen</a></p>";
        return http.AnswerPageAsync(StatusCodes.Status404NotFound, Page.Write(configuration.Service.Title, "Nicht gefunden", main));
    }

    private static Html Line(KwidConfiguration configuration, Provider provider) =>
        $"<p>IT-Dienstleister: {provider.Name}. Die Feeds aller, die er betreut, als Liste für Leseprogramme (OPML): <code>{configuration.Service.PublicUrl}/providers/{provider.Id}.opml</code></p>\n";

    private Task AnswerAsync(HttpContext http, KwidConfiguration configuration, Recipient recipient)
    {
        Html district = recipient.District is { } name ? (Html)$"<p>{name}, amtlicher Schlüssel {recipient.Key.ToString()}</p>" : Html.Empty;
        var heir = Mergers.HeirOf(recipient, configuration.Recipients);
        var since = installation.Shelf.MergerOf(recipient.Key.ToString()) is { } merger ? $"seit dem {GermanWords.Day(merger.Since, configuration.Service.TimeZone)}" : "jetzt";
        Html successor = recipient.Successor is null ? Html.Empty
            : (Html)$"<p>{recipient.Name} gehört {since} zu <a href=\"/kommunen/{heir.Key.ToString()}\">{heir.Name}</a>. Die Adressen hier bleiben und zeigen dieselben Hinweise wie die von {heir.Name}; wer neu abonniert, nimmt jene.</p>";
        Html hotline = configuration.Service.Hotline is { } number ? (Html)$" Im Notfall rufen Sie an: {number}." : Html.Empty;
        Html main =
            $"""
            <h1>{recipient.Name}</h1>
            {district}
            {successor}
            <h2>Adressen der Feeds</h2>
            {FeedAddresses.Write(configuration, recipient.Key)}
            <p>Tragen Sie eine der Adressen in Ihr Leseprogramm ein (Thunderbird, klassisches Outlook, Nextcloud, Miniflux, FreshRSS …). Eine Anmeldung ist nicht nötig.</p>
            <p>Ein Feed ist kein Alarm: Programme fragen nur alle 30 bis 100 Minuten nach.{hotline}</p>
            {Html.Each(configuration.Providers.Where(provider => provider.Recipients.Contains(recipient.Key)), provider => Line(configuration, provider))}
            """;
        var page = Page.Write(configuration.Service.Title, recipient.Name, main, FeedAddresses.Discovery(configuration, recipient.Key, recipient.Name));
        return http.AnswerPageAsync(StatusCodes.Status200OK, page);
    }
}
