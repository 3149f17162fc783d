using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>Names what publishers write into their revision histories. The first rule that fits counts; what fits none is silent.</summary>
public sealed class WordingRules(IReadOnlyList<WordingRule> rules)
{
    /// <summary>Id of what no rule names.</summary>
    public const string Unnamed = "history";

    /// <summary>CERT-Bund's wordings, read off 17,000 revisions, and their English kin. Order matters: "Exploit für CVE-2026-1 aufgenommen" adds no CVE.</summary>
    public static WordingRules Default { get; } = new(
    [
        WordingRule.Of("withdrawn-wording", @"^(zurückgezogen|advisory withdrawn|withdrawn|meldung zurückgezogen)\b", News.Withdrawn),
        WordingRule.Of("exploitation-denied", @"\b(nicht|keine|kein|not|no)\s+(\w+\s+)?(ausgenutzt|ausnutzung|exploited|exploitation)\b", null),
        WordingRule.Of("exploitation-suspected", @"\b(potentielle|potenzielle|mögliche|vermutete|possible|suspected)\s+(ausnutzung|exploitation)", News.ExploitationSuspected),
        WordingRule.Of("exploited-wording", @"\b(ausnutzung|ausgenutzt|exploited in the wild|actively exploited|active exploitation|known exploited)\b", News.Exploited),
        WordingRule.Of("poc-wording", @"\b(poc|pocs|proof[ -]of[ -]concept|exploits?|exploit-code)\b.*\b(aufgenommen|ergänzt|verfügbar|veröffentlicht|published|available|added)\b", News.ProofOfConcept),
        WordingRule.Of("references", @"^(referenz|weitere quelle|weitere referenz|added references)", null),
        WordingRule.Of("fix-wording", @"\b(patch(es)? (eingetragen|aufgenommen|verfügbar|ergänzt|available)|(neue )?gefixte version|fix(es)? (verfügbar|aufgenommen|available))", News.FixAvailable),
        WordingRule.Of("workaround-wording", @"\b(workaround|gegenmaßnahme|mitigation)s?n?\b.*\b(aufgenommen|ergänzt|verfügbar|added|available)\b", News.WorkaroundAvailable),
        WordingRule.Of("cve-wording", @"(\bcve\b|\bcves\b|\bcve's|\bcve-nummern?\b|\bcve-[0-9]{4}-[0-9]+\b|\bweitere \S+ schwachstellen?\b|\bweitere schwachstellen?\b)(?!.*\b(angepasst|neu bewertet)\b).*\b(ergänzt|aufgenommen|hinzugefügt|added)\b", News.CveAdded),
        WordingRule.Of("distributor", @"^(neue updates?( aufgenommen)?|neue updates? von .*|updates? von .*|.* update (von .*|aufgenommen)|new remediations available)", null),
    ]);

    /// <summary>The rule that names a summary; null when none does.</summary>
    public WordingRule? Find(string summary) => rules.FirstOrDefault(rule => rule.Fits(summary));

    /// <summary>These, with an operator's: one of the same id takes the other's place, further ones come first.</summary>
    public WordingRules With(IReadOnlyList<WordingRule> own) => own.Count == 0 ? this : new(
        [.. own.Where(rule => rules.All(known => known.Id != rule.Id)), .. rules.Select(known => own.FirstOrDefault(rule => rule.Id == known.Id) ?? known)]);

    /// <summary>The change that an item of the publisher's history tells.</summary>
    public Change Name(HistoryItem item) => Find(item.Summary) is { } rule
        ? new Change("history", rule.Id, null, item.Summary) { News = rule.News }
        : new Change("history", Unnamed, null, item.Summary);

    /// <summary>The entry with what its history tells besides: attacks, and that the publisher took it back.</summary>
    public Entry Complete(Entry entry)
    {
        if (entry.History.Count == 0) return entry;
        var exploitation = entry.Exploitation;
        foreach (var item in entry.History)
            if (LevelOf(Find(item.Summary)?.News) is { } level && !(exploitation?.Level >= level)) exploitation = new Exploitation(level, Since: item.Date);
        var last = entry.History[^1].Summary;
        var withdrawn = entry.Withdrawn ?? (Find(last)?.News is News.Withdrawn ? last : null);
        return entry with { Exploitation = exploitation, Withdrawn = withdrawn };
    }

    /// <summary>The date of the publisher's last news: a worded revision, or the first publication; null when it dates neither.</summary>
    public DateTimeOffset? LastNews(Entry entry) =>
        entry.History.Where(item => Find(item.Summary)?.News is not null).Select(item => item.Date).Append(entry.Published).Max();

    private static ExploitationLevel? LevelOf(News? news) => news switch
    {
        News.Exploited => ExploitationLevel.Exploited,
        News.ExploitationSuspected => ExploitationLevel.Suspected,
        News.ProofOfConcept => ExploitationLevel.ProofOfConcept,
        _ => null,
    };
}
