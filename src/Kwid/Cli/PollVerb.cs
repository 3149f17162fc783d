using System.CommandLine;
using System.Text.Json;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid poll SOURCE|--all</c>: asks now, goes the whole way, publication included.</summary>
internal sealed class PollVerb : IVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Command Build(CommonOptions common)
    {
        var source = new Argument<string?>("SOURCE") { Arity = ArgumentArity.ZeroOrOne, Description = "Id of one source" };
        var all = new Option<bool>("--all") { Description = "All enabled sources" };
        var command = new Command("poll", "Asks sources now and publishes what came; exit 3 when some failed") { source, all };
        command.SetAction((line, cancel) =>
        {
            var id = line.GetValue(source);
            if (id is null == !line.GetValue(all)) throw new ExitException(ExitCode.Usage, "kwid poll: name one source, or give --all.");
            var settings = common.Read(line);
            return DataVerb.RunAsync(settings, async operations => Print(await operations.PollAsync(new PollRequest(id), cancel), settings.Json), cancel);
        });
        return command;
    }

    private static int Print(PollAnswer answer, bool json)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(new { sources = answer.Sources, edition = answer.Edition }, Json));
        else foreach (var source in answer.Sources) PrintLines(source);
        if (answer.Fault is { } fault)
        {
            Console.Error.WriteLine(fault);
            return ExitCode.No;
        }

        return answer.Sources.Any(source => source.Outcome == "failed") ? ExitCode.SourcesFailed : ExitCode.Ok;
    }

    private static void PrintLines(PolledSource source)
    {
        Console.Out.WriteLine(source.Error is null
            ? $"{source.Id}: {source.Outcome}, {source.New} new, {source.Revised} revised; next poll {source.NextPoll:u}"
            : $"{source.Id}: FAILED; next poll {source.NextPoll:u}. {source.Error}");
        foreach (var rejected in source.Rejected) Console.Out.WriteLine($"  left out ({rejected.What}): {rejected.Reason}");
    }
}
