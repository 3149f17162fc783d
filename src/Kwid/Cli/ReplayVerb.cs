using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kwid.Cli.Control;
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
        if (answer.Warning is not null) Console.Error.WriteLine($"warning: {answer.Warning}");
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(answer, Json));
        else foreach (var line in answer.Sources.SelectMany(ReplayText.Lines)) Console.Out.WriteLine(line);
        if (!json && answer.Edition is { } edition) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"edition {edition} published"));
        if (answer.Sources.Count == 0)
        {
            Console.Error.WriteLine($"Nothing is kept of {(request.Source is null ? "any source" : $"source '{request.Source}'")}. A body is kept when it comes with a poll and differs from the one before, "
                + string.Create(CultureInfo.InvariantCulture, $"and for {RawArchive.Keeping.TotalDays:0} days after that; what is older than that, or came before this version of Kwid, is not. The next changed body is kept again."));
        }

        if (answer.Fault is not null) Console.Error.WriteLine(answer.Fault);
        return ReplayText.ExitCodeOf(answer);
    }
}
