using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>The answer to "Was ist zu tun?": never empty, never more than the source says.</summary>
/// <param name="service">Names a telephone number to call in an emergency, and the time zone.</param>
internal sealed class WhatToDo(ServiceIdentity service)
{
    private const int MostRemedies = 5;
    private const int LongestRemedy = 300;
    private const int MostNames = 6;

    /// <summary>The section, with what must be known before one relies on the rest.</summary>
    public void AppendTo(HtmlText html, Entry entry)
    {
        html.Heading("Was ist zu tun?");
        if (entry.Unverified is { } why) html.Raw($"<p><strong>Nicht verifiziert:</strong> Es ist nicht sicher, dass der Hinweis so von seinem Herausgeber stammt ({Encode(why)}).</p>");
        if (entry.Withdrawn is not null)
        {
            html.Raw($"<p><strong>{Encode(Withdrawal(entry))}</strong></p>");
            return;
        }

        if (entry is { IsExpired: true, ValidUntil: { } end }) html.Raw($"<p><strong>Abgelaufen: Dieser Hinweis galt bis {Minute(end, service.TimeZone)}.</strong></p>");
        if (Materiality.IsExploited(entry)) html.Raw("<p><strong>Sofort handeln, auf Einbruchsspuren prüfen.</strong></p>");
        if (Materiality.IsUrgent(entry) && service.Hotline is { } hotline) html.Paragraph($"Hotline: {hotline}");
        if (IsTheText(entry)) html.Raw(entry.Html);
        else AppendRemedies(html, entry);
    }

    /// <summary>Whether its text itself says what is to be done: a notice is written for that.</summary>
    public static bool IsTheText(Entry entry) => entry is { IsNotice: true, Withdrawn: null, Html.Length: > 0 };

    /// <summary>The sentence of an advisory that its publisher took back.</summary>
    public static string Withdrawal(Entry entry) => $"ZURÜCKGEZOGEN: {entry.Title} – Fehlalarm, Sie müssen nichts tun. Grund: {entry.Withdrawn}";

    private static void AppendRemedies(HtmlText html, Entry entry)
    {
        var updates = entry.NoPatch ? [] : Updates(entry);
        var remedies = Said(entry);
        if (Remedies.HasNoUpdate(entry)) html.Paragraph("Noch kein Update. Dienst nicht aus dem Internet erreichbar machen, Hersteller beobachten.");
        else if (updates.Count + remedies.Count == 0) html.Raw($"<p>{LookUp(entry)}</p>");
        html.Lines(HtmlText.Bounded(updates, AffectedText.Most));
        html.Lines(HtmlText.Bounded(remedies, MostRemedies));
        if (updates.Count > 0 && Unmended(entry) is { Count: > 0 } others) html.Raw($"<p>Betroffen sind auch {Names(others)}: Dafür nennt die Quelle keine behobene Version. Prüfen Sie beim Hersteller.</p>");
    }

    /// <summary>Affected products of which the source names no version that mends them.</summary>
    private static List<string> Unmended(Entry entry) =>
        [.. ProductGroup.Of(entry.Products).Where(product => product.Fixed.Count == 0 && product.Statuses.Contains(ProductStatus.Affected)).Select(product => product.Name)];

    /// <summary>The first of them, and how many more there are.</summary>
    private static string Names(List<string> names) =>
        Encode(string.Join(", ", names.Take(MostNames))) + (names.Count > MostNames ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" und {names.Count - MostNames} weitere") : "");

    /// <summary>By the versions that the source names.</summary>
    private static List<string> Updates(Entry entry) => [.. ProductGroup.Of(entry.Products).Where(product => product.Fixed.Count > 0).Select(product => Encode(Update(product)))];

    private static string Update(ProductGroup product) => product.Mending switch
    {
        [] => $"Behoben: {product.Name} {ProductGroup.Words(product.Fixed)}.",
        [var version] => $"Betroffen: {product.Name} {ProductGroup.Words(product.Mended)}. Aktualisieren Sie auf {ProductGroup.InWords(version)} oder neuer.",
        var versions => $"Betroffen: {product.Name} {ProductGroup.Words(product.Mended)}. Aktualisieren Sie je nach Versionszweig auf {ProductGroup.Words(versions)} oder neuer.",
    };

    /// <summary>In the source's own words.</summary>
    private static List<string> Said(Entry entry)
    {
        var language = Foreign(entry.Language) is { } foreign ? $" ({foreign})" : "";
        return [.. from remedy in entry.Remediations
                   where remedy.Kind is not RemediationKind.None && (remedy.Text.Length > 0 || remedy.Url is not null)
                   orderby remedy.Kind
                   let text = remedy.Text.Length > 0 ? $"{language}: {Encode(Cut(remedy.Text, LongestRemedy))}" : ":"
                   let line = $"<strong>{Word(remedy.Kind)}</strong>{text}{(remedy.Url is { } link ? " " + HtmlText.Anchor(link) : "")}"
                   group line by line into same
                   select same.Key];
    }

    private static string Word(RemediationKind kind) => kind switch
    {
        RemediationKind.Fix => "Update",
        RemediationKind.Workaround => "Workaround",
        RemediationKind.Mitigation => "Gegenmaßnahme",
        _ => "Weiteres",
    };

    private static string LookUp(Entry entry)
    {
        var names = ProductGroup.Of(entry.Products.Where(product => product.Status is ProductStatus.Affected)).Select(product => product.Name).ToList();
        var check = $"Prüfen Sie, ob Sie {(names.Count > 0 ? Names(names) : "das genannte Produkt")} einsetzen";
        if (BestPages.OfVendor(entry) is { } vendor) return $"{check}; der Hersteller beschreibt Abhilfe hier: {HtmlText.Anchor(vendor.Url)}";
        return entry.Permalink is { } link ? $"{check}. Der Hinweis beschreibt Einzelheiten und Abhilfe hier: {HtmlText.Anchor(link)}" : $"{check}. Fragen Sie den Hersteller nach Abhilfe.";
    }
}
