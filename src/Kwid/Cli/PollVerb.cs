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
        var dryRun = new Option<bool>("--dry-run") { Description = "Asks and decides, but stores and publishes nothing" };
        var explain = new Option<bool>("--explain") { Description = "Prints each request with its answer, what became of validators, and why the next poll is when it is" };
        var command = new Command("poll", "Asks sources now and publishes what came; exit 3 when some failed") { source, all, dryRun, explain };
        command.SetAction((line, cancel) =>
        {
            var id = line.GetValue(source);
            if (id is null == !line.GetValue(all)) throw new ExitException(ExitCode.Usage, "kwid poll: name one source, or give --all.");
            var settings = common.Read(line);
            var request = new PollRequest(id, line.GetValue(dryRun), line.GetValue(explain));
            return DataVerb.RunAsync(settings, async operations => Print(await operations.PollAsync(request, cancel), request, settings.Json), cancel);
        });
        return command;
    }

    private static int Print(PollAnswer answer, PollRequest request, bool json)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(new { sources = answer.Sources, edition = answer.Edition, dryRun = request.DryRun }, Json));
        else foreach (var line in answer.Sources.SelectMany(PollText.Lines)) Console.Out.WriteLine(line);
        if (!json && request.DryRun) Console.Out.WriteLine("Dry run: nothing was stored, nothing published.");
        if (answer.Fault is { } fault)
        {
            Console.Error.WriteLine(fault);
            return ExitCode.No;
        }

        return answer.Sources.Any(source => source.Outcome == "failed") ? ExitCode.SourcesFailed : ExitCode.Ok;
    }
}
