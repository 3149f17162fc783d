using Kwid.Cli.Control;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;

namespace Kwid.Cli;

/// <summary>What <c>kwid replay</c> says for people, and how it ends.</summary>
internal static class ReplayText
{
    /// <summary>What was read and differs, source by source.</summary>
    public static IEnumerable<string> Lines(ReplayReport report)
    {
        yield return $"{report.Source}: {report.Bodies.Sum(body => body.Entries)} read, {report.Unknown.Count} unknown, {report.Changed.Count} changed, {report.Gone.Count} no longer read, {report.Rejected.Count} left out"
            + (report.New is null ? "" : $"; committed: {report.New} new, {report.Revised} revised");
        foreach (var body in report.Bodies)
        {
            if (body.Unreadable is not null) yield return $"  can't be read (kept {body.Seen:u}, {body.Address}): {body.Unreadable}";
            foreach (var fault in body.Faults) yield return $"  fault: {fault}";
        }

        foreach (var line in Lines("unknown", report.Unknown)) yield return line;
        foreach (var line in Lines("changed", report.Changed)) yield return line;
        foreach (var line in Lines("differs, but a poll takes no note of it", report.Unheeded)) yield return line;
        foreach (var line in Lines("no longer read", report.Gone)) yield return line;
        foreach (var rejected in report.Rejected) yield return $"  left out ({rejected.What}): {rejected.Reason}";
        if (report.Held is > 0 and var held) yield return $"  {Entries(held)} for 'kwid release {report.Source}' or 'kwid discard {report.Source}'";
    }

    /// <summary>How the verb ends: a fault of publishing counts as with polls and releases.</summary>
    public static int ExitCodeOf(ReplayAnswer answer) => answer switch
    {
        { Fault: not null } or { Sources.Count: 0 } => ExitCode.No,
        _ => answer.Sources.All(report => report.IsReadable) ? ExitCode.Ok : ExitCode.SourcesFailed,
    };

    /// <summary>A zone that was read wrongly moves every date: that is one thing to know, not hundreds.</summary>
    private static IEnumerable<string> Lines(string what, IReadOnlyList<ReplayedEntry> entries)
    {
        var dated = entries.Where(DiffersInDateOnly).ToList();
        if (dated.Count < 2) dated = [];
        foreach (var entry in entries.Except(dated))
        {
            yield return $"  {what}: {entry.Title} ({entry.Guid})";
            foreach (var change in entry.Changes) yield return Line(change);
        }

        if (dated.Count == 0) yield break;
        yield return $"  {what}: {dated.Count} entries differ in their date only, such as {dated[0].Title} ({dated[0].Guid})";
        foreach (var change in dated[0].Changes) yield return Line(change);
    }

    private static bool DiffersInDateOnly(ReplayedEntry entry) => entry.Changes.Count > 0 && entry.Changes.All(change => change.Field == "updated");

    private static string Line(Change change) => $"    {change.Field} [{change.Rule}]: {change.Before ?? "-"} → {change.After ?? "-"}";

    private static string Entries(int count) => count == 1 ? "1 entry waits" : $"{count} entries wait";
}
