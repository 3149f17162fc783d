using System.Text;
using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>Writes the notice that sources are out of reach: one entry, corrected in place, in plain German.</summary>
public static class OutageText
{
    /// <summary>Whose words they are; no source has them.</summary>
    private static readonly SourceId Own = new("kwid");

    /// <summary>The notice as a revision of its own.</summary>
    /// <param name="number">The how-manyeth text of it.</param>
    /// <param name="instant">The edition's.</param>
    /// <param name="notice">What is to be told.</param>
    /// <param name="service">Who tells it, in which time zone.</param>
    public static Revision Compose(int number, DateTimeOffset instant, OutageNotice notice, ServiceIdentity service)
    {
        var (title, lead) = notice.End is null ? Open(notice, service) : Closed(notice, service);
        var entry = new Entry
        {
            Source = Own,
            Guid = notice.Id.ToString(),
            Permalink = new Uri(service.PublicUrl + "/status"),
            Title = title,
            Html = Html(lead, notice, service),
            Text = $"{lead} {string.Join("; ", notice.Sources.Select(source => Line(source, service)))}. {Meaning(notice)}",
            Tlp = Tlp.Clear,
            Language = "de",
        };
        return new Revision(new RevisionKey(notice.Id, number), instant, entry, []) { IsAuthored = true, Notice = notice };
    }

    /// <summary>So that a title always says what is the matter.</summary>
    private const int LongestName = 50;

    private static (string Title, string Lead) Open(OutageNotice notice, ServiceIdentity service)
    {
        var names = Names(notice.Sources.Where(source => source.Until is null));
        return names.Count == 1
            ? ($"[STÖRUNG] {Cut(names[0], LongestName)} ist nicht erreichbar", $"{service.Title} kann eine wichtige Quelle seit Stunden nicht lesen:")
            : ($"[STÖRUNG] {names.Count} Quellen sind nicht erreichbar: {string.Join(", ", names)}", $"{service.Title} kann wichtige Quellen seit Stunden nicht lesen:");
    }

    private static (string Title, string Lead) Closed(OutageNotice notice, ServiceIdentity service)
    {
        var names = Names(notice.Sources);
        var dropped = notice.Sources.All(source => source.Dropped);
        var title = (names.Count, dropped) switch
        {
            (1, true) => $"[BEHOBEN] {Cut(names[0], LongestName)} wird nicht mehr abgefragt",
            (1, false) => $"[BEHOBEN] {Cut(names[0], LongestName)} ist wieder erreichbar",
            (_, true) => $"[BEHOBEN] {names.Count} Quellen werden nicht mehr abgefragt: {string.Join(", ", names)}",
            _ => $"[BEHOBEN] {names.Count} Quellen sind wieder erreichbar: {string.Join(", ", names)}",
        };
        return (title, $"Die Störung vom {Minute(notice.Start, service.TimeZone)}, bis {Minute(notice.End!.Value, service.TimeZone)}, ist vorbei:");
    }

    private static string Html(string lead, OutageNotice notice, ServiceIdentity service)
    {
        var html = new StringBuilder("<p>").Append(Encode(lead)).Append("</p><ul>");
        foreach (var source in notice.Sources)
        {
            html.Append("<li>").Append(Encode(Line(source, service)));
            if (source.Page is { } page) html.Append(" (<a href=\"").Append(Encode(page)).Append("\">").Append(Encode(page)).Append("</a>)");
            html.Append("</li>");
        }

        html.Append("</ul><p>").Append(Meaning(notice)).Append("</p><p>");
        if (notice.End is null) html.Append("Dieser Eintrag wird an dieser Stelle berichtigt, sobald wieder alles gelesen wird; eine neue Meldung gibt es dafür nicht. ");
        var status = Encode(service.PublicUrl + "/status");
        return html.Append("Den jetzigen Stand zeigt <a href=\"").Append(status).Append("\">").Append(status).Append("</a>.</p>").ToString();
    }

    private static string Line(NoticedSource source, ServiceIdentity service)
    {
        var since = Minute(source.Since, service.TimeZone);
        if (source.Until is not { } until) return $"{source.Name}: nicht erreichbar seit {since}";
        var end = Minute(until, service.TimeZone);
        return source.Dropped ? $"{source.Name}: nicht erreichbar seit {since}, seit {end} nicht mehr abgefragt" : $"{source.Name}: nicht erreichbar von {since} bis {end}";
    }

    private static string Meaning(OutageNotice notice) => notice.End is null
        ? "Hinweise dieser Quellen können fehlen; das ist keine Entwarnung. Prüfen Sie bei Bedarf direkt bei der Quelle."
        : "Was in dieser Zeit erschienen ist, wird nachgeholt, soweit die Quelle es noch zeigt. Prüfen Sie im Zweifel direkt bei der Quelle.";

    private static List<string> Names(IEnumerable<NoticedSource> sources) => [.. sources.Select(source => source.Name).Distinct(StringComparer.Ordinal)];
}
