using System.Globalization;
using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>
/// The body of a published entry: German, standing alone offline, in the order in which a reader asks: what to do, what is new, am I affected, why me,
/// what it is about, how bad, who says so, what came before. Never claims more than its source. What Kwid wrote itself stands as it is.
/// </summary>
internal sealed class EntryBody(ServiceIdentity service)
{
    /// <summary>More of them fill a feed and no reader's screen.</summary>
    private const int MostCves = 30;

    private readonly WhatToDo _whatToDo = new(service);
    private readonly SourceText _sources = new(service.TimeZone);

    /// <summary>HTML of the allow-list of design 3, with the hole for the class's reason and no other.</summary>
    public string Compose(Revision shown, IReadOnlyList<Change> news, IReadOnlyList<Revision> inside)
    {
        if (shown.IsAuthored) return $"{Holes.Clean(shown.Entry.Html)}<p>{Holes.Reason}</p>";
        var (before, after) = (new HtmlText(), new HtmlText());
        _whatToDo.AppendTo(before, shown.Entry);
        NewsText.AppendTo(before, news);
        AffectedText.AppendTo(before, shown.Entry);
        AppendMatter(after, shown.Entry);
        InsideText.AppendTo(after, inside);
        AppendFacts(after, shown);
        _sources.AppendTo(after, shown);
        return $"{Holes.Clean(before.ToString())}<p>{Holes.Reason}</p>{Holes.Clean(after.ToString())}";
    }

    private static void AppendMatter(HtmlText html, Entry entry)
    {
        if ((entry.Html.Length == 0 && !entry.IsBared) || WhatToDo.IsTheText(entry)) return;
        html.Heading("Worum geht es?");
        if (entry.Html.Length == 0) html.Paragraph("Der frühere Text der Quelle ist nach Ablauf seiner Aufbewahrungsfrist gelöscht.");
        if (entry.Html.Length > 0 && Foreign(entry.Language) is { } language) html.Paragraph($"(Text der Quelle {language})");
        html.Raw(entry.Html);
    }

    private void AppendFacts(HtmlText html, Revision shown)
    {
        var entry = shown.Entry;
        html.Heading("Einstufung").Raw("<dl>");
        Fact(html, "Schweregrad", entry.Severity is { } severity ? severity.Word() : "von der Quelle nicht angegeben");
        if (entry.Cvss is { } cvss) Fact(html, "CVSS", Words(cvss));
        if (entry.Exploitation is { } attacks) Fact(html, "Ausnutzung", Words(attacks));
        if (entry.Cves.Count > 0) Fact(html, "CVE", string.Join(", ", HtmlText.Bounded([.. entry.Cves.Select(cve => cve.ToString())], MostCves)));
        if (entry.Published is { } published) Fact(html, "Veröffentlicht", Day(published, service.TimeZone));
        if (entry.Updated is { } updated && updated != entry.Published) Fact(html, "Stand der Quelle", Day(updated, service.TimeZone));
        if (entry.ValidUntil is { } end) Fact(html, entry.IsExpired ? "Abgelaufen seit" : "Gültig bis", Minute(end, service.TimeZone));
        Fact(html, "Kennung", $"{shown.Key.Advisory}, Fassung {shown.Key.Number}");
        Fact(html, "Weitergabe", "TLP:" + entry.Tlp.Word());
        html.Raw("</dl>");
    }

    private static string Words(Cvss cvss)
    {
        var by = cvss.By is { } scorer ? $", bewertet von {scorer}" : "";
        var vector = cvss.Vector is { } parts ? $": {parts}" : "";
        return string.Create(CultureInfo.GetCultureInfo("de-DE"), $"{cvss.Score:0.0} (Version {cvss.Version}{by}){vector}");
    }

    private string Words(Exploitation attacks)
    {
        var level = attacks.Level switch
        {
            ExploitationLevel.Exploited => "wird ausgenutzt",
            ExploitationLevel.Suspected => "Ausnutzung vermutet",
            _ => "ein Exploit ist veröffentlicht",
        };
        var since = attacks.Since is { } date ? $" am {Day(date, service.TimeZone)}" : "";
        return $"{level}, gemeldet von {attacks.By ?? "der Quelle"}{since}";
    }

    private static void Fact(HtmlText html, string name, string value) => html.Raw($"<dt>{name}</dt><dd>{Encode(value)}</dd>");
}
