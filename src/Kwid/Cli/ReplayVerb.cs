using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Cli.Control;
using Kwid.Core.Model;
using Kwid.Core.Pipeline;
using Kwid.Core.Storage;

namespace Kwid.Cli;

/// <summary><c>kwid replay [SOURCE]</c>: reads kept bodies with today's code and shows what differs from what is stored.</summary>
internal sealed class ReplayVerb : IVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public Command Build(CommonOptions common)
    {
        var source = new Argument<string?>("SOURCE") { Arity = ArgumentArity.ZeroOrOne, Description = "Id of one source; all without" };
        var commit = new Option<bool>("--commit") { Description = "Takes the differences in, as if they had come with a poll, and publishes" };
        var command = new Command("replay", "Reads the last changed bodies of sources again, kept for 30 days, and shows what differs from what is stored; exit 3 when one can't be read") { source, commit };
        command.SetAction((line, cancel) =>
        {
            var settings = common.Read(line);
            var request = new ReplayRequest(line.GetValue(source), line.GetValue(commit));
            return DataVerb.RunAsync(settings, async operations => Print(await operations.ReplayAsync(request, cancel), request, settings.Json), cancel);
        });
        return command;
    }

    private static int Print(ReplayAnswer answer, ReplayRequest request, bool json)
    {
        if (answer.Fault is not null) Console.Error.WriteLine($"warning: {answer.Fault}");
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(answer, Json));
        else foreach (var line in answer.Sources.SelectMany(Lines)) Console.Out.WriteLine(line);
        if (!json && answer.Edition is { } edition) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"edition {edition} published"));
        if (answer.Sources.Count == 0)
        {
            Console.Error.WriteLine($"Nothing is kept of {(request.Source is null ? "any source" : $"source '{request.Source}'")}. A body is kept when it comes with a poll and differs from the one before, "
                + string.Create(CultureInfo.InvariantCulture, $"and for {RawArchive.Keeping.TotalDays:0} days after that; what is older than that, or came before this version of Kwid, is not. The next changed body is kept again."));
            return ExitCode.No;
        }

        return answer.Sources.All(report => report.IsReadable) ? ExitCode.Ok : ExitCode.SourcesFailed;
    }

    private static IEnumerable<string> Lines(ReplayReport report)
    {
        yield return $"{report.Source}: {report.Bodies.Sum(body => body.Entries)} read, {report.Unknown.Count} unknown, {report.Changed.Count} changed, {report.Gone.Count} no longer read, {report.Rejected.Count} left out"
            + (report.New is null ? "" : $"; committed: {report.New} new, {report.Revised} revised");
        foreach (var body in report.Bodies)
        {
            if (body.Unreadable is not null) yield return $"  can't be read (kept {body.Seen:u}, {body.Address}): {body.Unreadable}";
            foreach (var fault in body.Faults) yield return $"  fault: {fault}";
        }

        foreach (var line in report.Unknown.SelectMany(entry => Lines("unknown", entry))) yield return line;
        foreach (var line in report.Changed.SelectMany(entry => Lines("changed", entry))) yield return line;
        foreach (var line in report.Unheeded.SelectMany(entry => Lines("differs, but a poll takes no note of it", entry))) yield return line;
        foreach (var line in report.Gone.SelectMany(entry => Lines("no longer read", entry))) yield return line;
        foreach (var rejected in report.Rejected) yield return $"  left out ({rejected.What}): {rejected.Reason}";
    }

    private static IEnumerable<string> Lines(string what, ReplayedEntry entry) =>
        [$"  {what}: {entry.Title} ({entry.Guid})", .. entry.Changes.Select(Line)];

    private static string Line(Change change) => $"    {change.Field} [{change.Rule}]: {change.Before ?? "-"} → {change.After ?? "-"}";
}
