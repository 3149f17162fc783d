using System.Globalization;
using Kwid.Core.Model;

namespace Kwid.Core.Matching;

/// <summary>Names what changed between two states of an advisory, field by field, each with the id of the rule that names it.</summary>
public static class ChangeRules
{
    /// <summary>All differences; empty when a reader would see none.</summary>
    public static IReadOnlyList<Change> Compare(Entry before, Entry after)
    {
        var changes = new List<Change>();
        if (before.Severity != after.Severity) changes.Add(Severity(before, after));
        if (before.NoPatch != after.NoPatch)
            changes.Add(new Change("patch", after.NoPatch ? "fix-withdrawn" : "fix-available", before.NoPatch ? "none" : null, after.NoPatch ? "none" : null));
        AddCves(changes, before, after);
        if (before.Tlp != after.Tlp)
            changes.Add(new Change("tlp", after.Tlp > before.Tlp ? "tlp-tightened" : "tlp-loosened", before.Tlp.Word(), after.Tlp.Word()));
        if (before.Source != after.Source) changes.Add(new Change("source", "source", before.Source.ToString(), after.Source.ToString()));
        Add(changes, "title", before.Title, after.Title);
        Add(changes, "text", before.Html, after.Html);
        Add(changes, "link", before.Permalink?.AbsoluteUri, after.Permalink?.AbsoluteUri);
        Add(changes, "score", Score(before), Score(after));
        Add(changes, "categories", string.Join(", ", before.Categories), string.Join(", ", after.Categories));
        Add(changes, "updated", Date(before), Date(after));
        return changes;
    }

    private static Change Severity(Entry before, Entry after)
    {
        // An absent severity is not a low one: nothing rises from or falls to "not said".
        var rule = (before.Severity, after.Severity) switch
        {
            ({ } was, { } now) when now > was => "severity-up",
            ({ }, { }) => "severity-down",
            (null, Model.Severity.Critical) => "severity-up",
            _ => "severity",
        };
        return new Change("severity", rule, before.SeverityWord ?? before.Severity?.ToString(), after.SeverityWord ?? after.Severity?.ToString());
    }

    private static void AddCves(List<Change> changes, Entry before, Entry after)
    {
        var added = after.Cves.Except(before.Cves).ToList();
        var removed = before.Cves.Except(after.Cves).ToList();
        if (added.Count > 0) changes.Add(new Change("cves", "cve-added", null, string.Join(' ', added)));
        if (removed.Count > 0) changes.Add(new Change("cves", "cve-removed", string.Join(' ', removed), null));
    }

    private static void Add(List<Change> changes, string field, string? before, string? after)
    {
        if (!string.Equals(before, after, StringComparison.Ordinal)) changes.Add(new Change(field, field, Shorten(before), Shorten(after)));
    }

    /// <summary>Changes are for explanations; the texts themselves stand in the revisions.</summary>
    private static string? Shorten(string? text) => text is { Length: > 200 } ? text[..200] + "…" : text;

    private static string? Score(Entry entry) => entry.Cvss is { } cvss ? string.Create(CultureInfo.InvariantCulture, $"{cvss.Version}: {cvss.Score:0.0}") : null;

    private static string? Date(Entry entry) => entry.UpstreamDate?.ToString("O", CultureInfo.InvariantCulture);
}
