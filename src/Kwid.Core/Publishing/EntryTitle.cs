using Kwid.Core.Model;

namespace Kwid.Core.Publishing;

/// <summary>The title of a published entry: severity and news in brackets, then the matter; plain text, at most 90 characters.</summary>
public static class EntryTitle
{
    /// <summary>Longest title in UTF-16 units.</summary>
    public const int MaxLength = 90;

    /// <summary>Composes <c>[HOCH → KRITISCH] Produkt: Wirkung</c>.</summary>
    /// <param name="entry">What is shown now.</param>
    /// <param name="news">What changed when this entry became new; empty for an advisory's first.</param>
    public static string Compose(Entry entry, IReadOnlyList<Change> news)
    {
        var tags = new List<string>(3);
        if (SeverityTag(entry, news) is { } severity) tags.Add(severity);
        if (news.Any(change => change.Rule == "fix-available")) tags.Add("Update verfügbar");
        if (news.Any(change => change.Rule == "cve-added")) tags.Add("weitere CVE");
        if (entry.NoPatch) tags.Add("noch kein Update");

        var brackets = tags.Count == 0 ? "" : $"[{string.Join(" · ", tags)}] ";
        return GermanWords.Cut(brackets + entry.Title, MaxLength);
    }

    private static string? SeverityTag(Entry entry, IReadOnlyList<Change> news)
    {
        var now = entry.Severity?.Word().ToUpperInvariant();
        var rise = news.FirstOrDefault(change => change.Rule == "severity-up");
        // Two words of a source's may be one for readers.
        return rise?.Before is { } before && now is not null && Word(before) is var earlier && earlier != now ? $"{earlier} → {now}" : now;
    }

    // The change keeps the source's own word, which may be English.
    private static string Word(string before) =>
        (Enum.TryParse<Severity>(before, ignoreCase: true, out var band) ? band.Word() : before).ToUpperInvariant();
}
