using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>The title of a published entry: severity and news in brackets, then product and effect; plain text, at most 90 characters.</summary>
public static class EntryTitle
{
    /// <summary>Longest title in UTF-16 units.</summary>
    public const int MaxLength = 90;

    /// <summary>So that the matter is never crowded out by what stands before it.</summary>
    private const int MostTags = 3;

    /// <summary>Composes <c>[HOCH → KRITISCH] Produkt: Wirkung</c>.</summary>
    /// <param name="entry">What is shown now.</param>
    /// <param name="news">What changed when this entry became new; empty for an advisory's first.</param>
    public static string Compose(Entry entry, IReadOnlyList<Change> news)
    {
        IEnumerable<string> tags = entry.Withdrawn is null ? Tags(entry, news).OfType<string>().Take(MostTags) : ["ZURÜCKGEZOGEN"];
        var words = string.Join(" · ", tags);
        var brackets = words.Length == 0 ? "" : $"[{words}] ";
        return GermanWords.Cut(brackets + TitleMatter.Of(entry, MaxLength - brackets.Length), MaxLength);
    }

    private static IEnumerable<string?> Tags(Entry entry, IReadOnlyList<Change> news)
    {
        yield return SeverityTag(entry, news);
        yield return entry.IsExpired ? "abgelaufen" : null;
        yield return Tells(news, News.Corrected) ? "korrigiert" : null;
        yield return AttackTag(entry, news);
        yield return FixTag(entry, news);
        yield return Tells(news, News.CveAdded) ? "weitere CVE" : null;
        yield return Tells(news, News.LabelTightened) ? "jetzt TLP:" + entry.Tlp.Word() : null;
        yield return Tells(news, News.ProductsAdded) ? "weitere Produkte" : null;
    }

    private static string? SeverityTag(Entry entry, IReadOnlyList<Change> news)
    {
        var now = entry.Severity?.Word().ToUpperInvariant();
        var rise = news.FirstOrDefault(change => change.Rule == "severity-up");
        // Two words of a source's may be one for readers.
        return rise?.Before is { } before && now is not null && Word(before) is var earlier && earlier != now ? $"{earlier} → {now}" : now;
    }

    private static string? AttackTag(Entry entry, IReadOnlyList<Change> news)
    {
        if (Tells(news, News.Exploited)) return "wird jetzt ausgenutzt";
        if (Materiality.IsExploited(entry)) return "wird ausgenutzt";
        var level = entry.Exploitation?.Level;
        if (level is ExploitationLevel.Suspected || Tells(news, News.ExploitationSuspected)) return "Ausnutzung vermutet";
        return level is ExploitationLevel.ProofOfConcept || Tells(news, News.ProofOfConcept) ? "PoC/Exploit bekannt" : null;
    }

    private static string? FixTag(Entry entry, IReadOnlyList<Change> news)
    {
        if (Tells(news, News.FixAvailable)) return "Update verfügbar";
        if (Tells(news, News.WorkaroundAvailable)) return "Workaround verfügbar";
        return Remedies.HasNoUpdate(entry) ? "noch kein Update" : null;
    }

    private static bool Tells(IReadOnlyList<Change> news, News what) => news.Any(change => change.News == what);

    // The change keeps the source's own word, which may be English.
    private static string Word(string before) =>
        (Enum.TryParse<Severity>(before, ignoreCase: true, out var band) ? band.Word() : before).ToUpperInvariant();
}
