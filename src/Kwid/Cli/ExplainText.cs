using System.Globalization;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary>What <c>kwid explain</c> says for people.</summary>
internal static class ExplainText
{
    /// <summary>An advisory's life, part by part.</summary>
    public static IEnumerable<string> Lines(ExplainAnswer answer)
    {
        yield return answer.Title is null
            ? answer.LastRevision == 0 ? $"{answer.Id}: listed by its source, never read; nothing is told of it." : $"{answer.Id}: its texts are no longer stored."
            : $"{answer.Id}: {answer.Title}";
        if (answer.Aliases.Count > 0) yield return $"also known as {string.Join(", ", answer.Aliases)}";
        (string Title, IEnumerable<string> Lines)[] parts =
        [
            ("What is told", Table(answer.Fields.Select(field => new[] { field.Field, field.From, field.Value }))),
            ("Sources", Table(answer.Sources.Select(Line))),
            ("Catalogues", Table(answer.Facts.Select(fact => new[] { fact.Cve, fact.Source, fact.Says }))),
            (Whole(answer) is var whole && whole == answer.LastRevision ? "Revisions" : $"Revisions ({answer.LastRevision}, texts of {whole} are stored)", answer.Revisions.SelectMany(Lines)),
            ("Related", Table(answer.Relations.Select(relation => new[] { relation.Id, relation.Key, relation.Title ?? "" }))),
            ("Published", Published(answer)),
        ];
        foreach (var (title, lines) in parts)
        {
            if (!lines.Any()) continue;
            yield return "";
            yield return title;
            foreach (var line in lines) yield return line;
        }
    }

    private static int Whole(ExplainAnswer answer) => answer.Revisions.Count(revision => !revision.IsBared);

    private static string[] Line(ExplainedSource source) =>
    [
        source.Source, Date(source.Date), source.Severity ?? "-", source.Cves == 1 ? "1 CVE" : $"{source.Cves} CVEs", source.Label, source.Deliver ?? (source.Source == "operator" ? "" : "not configured"),
        source.Withdrawn is { } reason ? $"withdrawn: {reason}" : source.Title,
    ];

    private static IEnumerable<string> Lines(ExplainedRevision revision)
    {
        yield return $"  {revision.Number,3}  {Date(revision.Seen)}  {string.Join(", ", revision.Sources)}{(revision.IsBared ? ", text deleted by retention" : "")}{(revision.Changes.Count == 0 ? ": first told" : "")}";
        foreach (var line in Table(revision.Changes.Select(change => new[] { change.Field, change.Rule, change.News ?? "silent", $"{change.Before ?? "-"} → {change.After ?? "-"}" }))) yield return "     " + line;
    }

    private static List<string> Published(ExplainAnswer answer) => answer.Published.Count == 0
        ? answer.LastRevision == 0 ? [] : ["  nowhere"]
        : Table(answer.Published.Select(row => new[]
        {
            string.Create(CultureInfo.InvariantCulture, $"edition {row.Edition}"), Date(row.Instant), row.How, row.Revision, string.Create(CultureInfo.InvariantCulture, $"{row.Class} ({(row.Provider is { } name ? name + ", " : "")}{row.Feeds} feeds)"),
            row.Why + (row.Digest is { } digest ? $", in {digest}" : ""),
        }));

    private static string Date(DateTimeOffset? date) => date?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "no date";

    /// <summary>Columns of one width each; the last as long as it is, on one line.</summary>
    private static List<string> Table(IEnumerable<string[]> rows)
    {
        var table = rows.Select(row => row.Select(cell => cell.ReplaceLineEndings(" ")).ToArray()).ToList();
        if (table.Count == 0) return [];
        var widths = Enumerable.Range(0, table[0].Length).Select(column => table.Max(row => row[column].Length)).ToList();
        return [.. table.Select(row => "  " + string.Join("  ", row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column]))).TrimEnd())];
    }
}
