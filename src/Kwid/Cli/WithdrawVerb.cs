using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid withdraw ID --reason TEXT</c>: takes an advisory back in every feed that shows it.</summary>
internal sealed class WithdrawVerb : IVerb
{
    /// <summary>Feeds that are named one by one.</summary>
    private const int MostNamed = 10;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Command Build(CommonOptions common)
    {
        var id = new Argument<string>("ID") { Description = "Of an advisory, in any spelling" };
        var reason = new Option<string>("--reason") { HelpName = "TEXT", Required = true, Description = "Why, one German sentence for readers" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only lists the feeds that show it" };
        var command = new Command("withdraw", "Takes an advisory back: a new entry says so in every feed that got it, and no source undoes it; exit 1 when it is unknown") { id, reason, dryRun };
        command.SetAction((line, cancel) =>
        {
            var settings = common.Read(line);
            var request = new WithdrawRequest(line.GetRequiredValue(id), line.GetRequiredValue(reason), line.GetValue(dryRun));
            return DataVerb.RunAsync(settings, async operations => Print(await operations.WithdrawAsync(request, cancel), request, settings.Json), cancel);
        });
        return command;
    }

    private static int Print(WithdrawAnswer answer, WithdrawRequest request, bool json)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(answer, Json));
        else foreach (var line in Lines(answer, request.DryRun)) Console.Out.WriteLine(line);
        if (answer.Fault is null) return ExitCode.Ok;
        Console.Error.WriteLine(answer.Fault);
        return ExitCode.No;
    }

    /// <summary>What was done, and who sees it.</summary>
    internal static IEnumerable<string> Lines(WithdrawAnswer answer, bool dryRun)
    {
        yield return $"{answer.Id}: {answer.Title}";
        yield return answer switch
        {
            _ when dryRun => "Dry run: nothing was changed.",
            { Revision: null } => "It was withdrawn before, for this reason; nothing was changed.",
            { Edition: { } edition } => $"Withdrawn with revision {answer.Revision}; edition {edition} tells it.",
            _ => $"Withdrawn with revision {answer.Revision}; the next edition tells those who got it.",
        };
        yield return answer.Feeds.Count == 0 ? "No feed shows it." : $"{(answer.Feeds.Count == 1 ? "1 feed shows" : $"{answer.Feeds.Count} feeds show")} it: {string.Join(", ", answer.Feeds.Take(MostNamed).Select(feed => answer.Providers.TryGetValue(feed, out var name) ? $"{feed} ({name})" : feed))}{(answer.Feeds.Count > MostNamed ? ", …" : "")}";
    }
}
