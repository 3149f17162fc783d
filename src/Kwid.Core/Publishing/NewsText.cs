using Kwid.Core.Model;
using static Kwid.Core.Publishing.GermanWords;

namespace Kwid.Core.Publishing;

/// <summary>What an entry tells anew: each change in a sentence, the publisher's own words as such.</summary>
internal static class NewsText
{
    private const int Most = 15;
    private const int LongestWords = 200;

    /// <summary>The section; nothing where nothing changed.</summary>
    public static void AppendTo(HtmlText html, IReadOnlyList<Change> news)
    {
        List<string> lines = [.. news.OrderBy(change => change.News is null).Select(Sentence).OfType<string>().Distinct(StringComparer.Ordinal).Select(Encode)];
        if (lines.Count == 0 && news.Count > 0) lines.Add("Die Quelle hat den Hinweis aktualisiert.");
        if (lines.Count > 0) html.Heading("Was ist neu?").List(HtmlText.Bounded(lines, Most));
    }

    private static string? Sentence(Change change) => change switch
    {
        { Field: "history", After: { Length: > 0 } words } => $"Die Quelle schreibt: „{Cut(words, LongestWords)}“",
        { Rule: "cve-added" } => $"Neu zugeordnet: {change.After}",
        { Rule: "severity-up" } => $"Schweregrad gestiegen: {change.Before ?? "ohne Angabe"} → {change.After}",
        { Rule: "severity-down" } => $"Schweregrad gesunken: {change.Before} → {change.After}",
        { News: News.Corrected } => OfRule(change.Rule) ?? "Der Hinweis wurde berichtigt.",
        { News: { } news } => Sentence(news),
        _ => OfRule(change.Rule),
    };

    private static string? Sentence(News news) => news switch
    {
        News.Withdrawn => "Der Hinweis wurde zurückgezogen.",
        News.Exploited => "Die Schwachstelle wird jetzt ausgenutzt.",
        News.ExploitationSuspected => "Eine Ausnutzung wird jetzt vermutet.",
        News.ProofOfConcept => "Ein PoC oder Exploit ist jetzt veröffentlicht.",
        News.FixAvailable => "Es gibt jetzt ein Update.",
        News.WorkaroundAvailable => "Es gibt jetzt einen Workaround oder eine Gegenmaßnahme.",
        News.LabelLoosened => "Der Hinweis darf jetzt weiter verbreitet werden als zuvor.",
        News.LabelTightened => "Der Hinweis darf jetzt nur noch enger weitergegeben werden als zuvor.",
        News.ProductsAdded => "Weitere Produkte sind betroffen.",
        _ => null,
    };

    private static string? OfRule(string rule) => rule switch
    {
        "fix-withdrawn" => "Das Update steht nicht mehr zur Verfügung.",
        "reinstated" => "Der Hinweis gilt wieder; er war zurückgezogen.",
        "title" => "Der Titel wurde geändert.",
        "text" => "Der Text wurde geändert.",
        "expired" => "Der Hinweis ist abgelaufen.",
        "valid-again" => "Der Hinweis gilt wieder; er war abgelaufen.",
        _ => null,
    };
}
