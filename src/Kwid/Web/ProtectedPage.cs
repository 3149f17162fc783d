using Kwid.Core.Model;
using Kwid.Core.Publishing;
using Kwid.Service;

namespace Kwid.Web;

/// <summary><c>/t/{token}/kommunen/{key}</c>: the protected feed as a page, with its addresses.</summary>
internal sealed class ProtectedPage(Installation installation)
{
    private static readonly (FeedFormat Format, string Name)[] Formats = [(FeedFormat.Atom, "Atom (empfohlen)"), (FeedFormat.Rss, "RSS")];

    /// <summary>The page of a capability in force.</summary>
    public Task ServeAsync(HttpContext http, Capability capability, string token)
    {
        var service = installation.Configuration.Service;
        var feed = FeedAddress.ProtectedFeed(capability.Holder);
        var name = installation.Shelf.Feeds[feed].Name;
        Html main =
            $"""
            <h1>{name}</h1>
            <p>Diese Adresse ist ein Schlüssel: Wer sie kennt, liest mit. Geben Sie sie nur in Ihrer Stelle weiter. Ausgestellt für: {capability.Label}, am {GermanWords.Day(capability.Issued, service.TimeZone)}.{End(capability, service)}</p>
            <h2>Adressen des geschützten Feeds</h2>
            <ul>
            {Html.Each(Formats, each => $"<li>{each.Name}: <code>{service.PublicUrl}/t/{token}{new FeedAddress(capability.Holder, each.Format, null).ToString()}</code></li>\n")}</ul>
            <h2>Hinweise der letzten 30 Tage</h2>
            {Items(installation.Shelf.Window(feed), service)}
            """;
        return http.AnswerPageAsync(StatusCodes.Status200OK, Page.Write(service.Title, name, main), "private, no-cache");
    }

    private static Html End(Capability capability, ServiceIdentity service) =>
        capability.End is { } end ? (Html)$" Sie gilt bis {GermanWords.Day(end, service.TimeZone)}." : Html.Empty;

    private static Html Items(IReadOnlyList<(Publication First, Revision Shown)> window, ServiceIdentity service) => window.Count == 0
        ? (Html)$"<p>Zurzeit liegen keine Hinweise vor. Das ist kein Fehler: Sobald es einen gibt, steht er hier und im Feed.</p>"
        : (Html)
        $"""
        <ul>
        {Html.Each(window, each => Item(each.First, each.Shown, service))}</ul>
        """;

    private static Html Item(Publication first, Revision shown, ServiceIdentity service)
    {
        var title = EntryTitle.Compose(shown.Entry, shown.Key == first.Revision ? shown.Changes : []);
        Html head = shown.Entry.Permalink is { } link ? (Html)$"<a href=\"{link.AbsoluteUri}\" rel=\"noreferrer\">{title}</a>" : (Html)$"{title}";
        return $"<li>{GermanWords.Minute(first.Instant, service.TimeZone)}: {head} (TLP:{shown.Entry.Tlp.Word()})</li>\n";
    }
}
