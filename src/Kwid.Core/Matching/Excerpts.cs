using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>
/// What becomes of an advisory that is told in two steps: from a list, and from its own page. The order must not matter: an excerpt takes no text away,
/// and what the page had said all along is no news when it is read at last.
/// </summary>
public static class Excerpts
{
    /// <summary>Longest time between an item's date and our first sight of it for it to be news, not history.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    /// <summary>An excerpt of what the source has told whole before, with the text that it lacks and that text's label where it is the stricter; anything else as it is.</summary>
    public static Entry Complete(Entry incoming, Entry before)
    {
        if (!incoming.IsExcerpt || before.IsExcerpt || incoming.Source != before.Source) return incoming;
        return incoming with
        {
            Html = before.IsBared ? incoming.Html : before.Html,
            Text = before.IsBared ? incoming.Text : before.Text,
            Severity = incoming.Severity ?? before.Severity,
            SeverityWord = incoming.SeverityWord ?? before.SeverityWord,
            Cvss = incoming.Cvss ?? before.Cvss,
            Cves = [.. before.Cves.Union(incoming.Cves).Order()],
            Tlp = incoming.Tlp > before.Tlp ? incoming.Tlp : before.Tlp,
            IsLabelled = incoming.Tlp > before.Tlp ? incoming.IsLabelled : before.IsLabelled || (incoming.IsLabelled && incoming.Tlp == before.Tlp),
            IsExcerpt = before.IsBared,
        };
    }

    /// <summary>
    /// The changes as they are, but where an excerpt becomes whole under rules that alarm nobody twice: CVE ids come in silence unless the list itself names
    /// them now, a critical severity of something recent rings only where nobody was told.
    /// </summary>
    public static IReadOnlyList<Change> Quiet(IReadOnlyList<Change> changes, Revision before, Entry after)
    {
        if (!before.Entry.IsExcerpt || after.IsExcerpt || before.Entry.Source != after.Source) return changes;
        var old = after.UpstreamDate is { } date && before.SeenAt - date > Recent;
        return [.. changes.SelectMany(change => change switch
        {
            { Rule: "cve-added" } => Part(before.Entry, after),
            { Rule: "severity-up" } when before.Entry.Severity is null => [change with { Rule = old ? "severity" : "severity-told" }],
            _ => [change],
        })];
    }

    /// <summary>The CVE ids that came: what the list names now is news, what only the page says it may have said all along.</summary>
    private static IEnumerable<Change> Part(Entry before, Entry after) => after.Cves.Except(before.Cves)
        .GroupBy(id => after.ListCves.Contains(id) ? "cve-added" : "cve-told")
        .Select(ids => new Change("cves", ids.Key, null, string.Join(' ', ids)));
}
