using System.Globalization;
using System.Text;
using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>
/// The body of a published entry: German, standing alone offline, in the order in which a reader asks: what to do, what it is about, how bad, what
/// changed, who says so, why me. Never claims more than its source. What Kwid wrote itself stands as it is.
/// </summary>
internal sealed class EntryBody(ServiceIdentity service)
{
    /// <summary>HTML of the allow-list of design 3, with the hole for the class's reason at its end.</summary>
    public string Compose(Revision shown, IReadOnlyList<Change> news)
    {
        var html = new StringBuilder();
        if (shown.IsAuthored) return html.Append(shown.Entry.Html).Append("<p>").Append(Holes.Reason).Append("</p>").ToString();
        html.Append("<h3>Was ist zu tun?</h3><p>").Append(WhatToDo(shown.Entry)).Append("</p>");
        if (service.Hotline is { } hotline && shown.Entry.Severity is Severity.Critical)
            html.Append("<p>Hotline: ").Append(Encode(hotline)).Append("</p>");
        AppendMatter(html, shown.Entry);
        AppendFacts(html, shown);
        AppendNews(html, news);
        AppendSource(html, shown);
        return html.Append("<p>").Append(Holes.Reason).Append("</p>").ToString();
    }

    private static string WhatToDo(Entry entry)
    {
        if (entry.NoPatch) return "Noch kein Update. Dienst nicht aus dem Internet erreichbar machen, Hersteller beobachten.";
        var where = entry.Permalink is { } link ? $"Der Hinweis beschreibt Einzelheiten und Abhilfe hier: {Anchor(link)}" : "Abhilfe nennt der Hersteller.";
        return $"Prüfen Sie, ob Sie das genannte Produkt einsetzen. {where}";
    }

    private static void AppendMatter(StringBuilder html, Entry entry)
    {
        if (entry.Html.Length == 0) return;
        var german = entry.Language.StartsWith("de", StringComparison.OrdinalIgnoreCase);
        html.Append("<h3>Worum geht es?</h3>");
        if (!german) html.Append("<p>(Text der Quelle in deren Sprache)</p>");
        html.Append(entry.Html);
    }

    private void AppendFacts(StringBuilder html, Revision shown)
    {
        var entry = shown.Entry;
        html.Append("<h3>Einstufung</h3><dl>");
        Fact(html, "Schweregrad", entry.Severity is { } severity ? severity.Word() : "von der Quelle nicht angegeben");
        if (entry.Cvss is { } cvss)
            Fact(html, "CVSS", string.Create(CultureInfo.GetCultureInfo("de-DE"), $"{cvss.Score:0.0} (Version {cvss.Version})"));
        if (entry.Cves.Count > 0) Fact(html, "CVE", string.Join(", ", entry.Cves));
        if (entry.Published is { } published) Fact(html, "Veröffentlicht", Day(published, service.TimeZone));
        if (entry.Updated is { } updated && updated != entry.Published) Fact(html, "Stand der Quelle", Day(updated, service.TimeZone));
        Fact(html, "Kennung", $"{shown.Key.Advisory}, Fassung {shown.Key.Number}");
        Fact(html, "Weitergabe", "TLP:" + entry.Tlp.Word());
        html.Append("</dl>");
    }

    private static void AppendNews(StringBuilder html, IReadOnlyList<Change> news)
    {
        if (news.Count == 0) return;
        html.Append("<h3>Was ist neu?</h3><ul>");
        foreach (var line in news.Select(Sentence).OfType<string>().Distinct(StringComparer.Ordinal)) html.Append("<li>").Append(Encode(line)).Append("</li>");
        html.Append("</ul>");
    }

    private static string? Sentence(Change change) => change.Rule switch
    {
        "severity-up" => $"Schweregrad gestiegen: {change.Before ?? "ohne Angabe"} → {change.After}",
        "severity-down" => $"Schweregrad gesunken: {change.Before} → {change.After}",
        "fix-available" => "Es gibt jetzt ein Update.",
        "fix-withdrawn" => "Das Update steht nicht mehr zur Verfügung.",
        "cve-added" => $"Neu zugeordnet: {change.After}",
        "title" => "Der Titel wurde geändert.",
        "text" => "Der Text wurde geändert.",
        _ => "Die Quelle hat den Hinweis aktualisiert.",
    };

    private static void AppendSource(StringBuilder html, Revision shown)
    {
        html.Append("<h3>Quelle</h3><p>");
        if (shown.Origin is { } origin)
        {
            html.Append(Encode(origin.Name)).Append(" (").Append(Encode(origin.Attribution)).Append(", Lizenz: ").Append(Encode(origin.License)).Append(')');
            if (shown.Entry.Permalink is not null) html.Append(": ");
        }

        if (shown.Entry.Permalink is { } link) html.Append(Anchor(link));
        html.Append("</p>");
    }

    private static void Fact(StringBuilder html, string name, string value) =>
        html.Append("<dt>").Append(name).Append("</dt><dd>").Append(Encode(value)).Append("</dd>");

    private static string Anchor(Uri link) => $"<a href=\"{Encode(link.AbsoluteUri)}\">{Encode(Cut(link.AbsoluteUri, 100))}</a>";
}
