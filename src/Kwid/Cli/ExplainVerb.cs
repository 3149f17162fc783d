using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kwid.Cli;

/// <summary><c>kwid explain ID</c>: an advisory's life, from its sources to the feeds.</summary>
internal sealed class ExplainVerb : IVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public Command Build(CommonOptions common)
    {
        var id = new Argument<string>("ID") { Description = "Of an advisory, in any spelling: WID-SEC-2026-0001, wid-sec-w-2026-0001, or its page's address" };
        var command = new Command("explain", "Tells an advisory's life: what is told and by whom, revisions with their rules, related ones, and in which editions it went; exit 1 when it is unknown") { id };
        command.SetAction((line, cancel) =>
        {
            var settings = common.Read(line);
            return DataVerb.RunAsync(
                settings,
                async operations =>
                {
                    var answer = await operations.ExplainAsync(new(line.GetRequiredValue(id)), cancel);
                    if (settings.Json) Console.Out.WriteLine(JsonSerializer.Serialize(answer, Json));
                    else foreach (var text in ExplainText.Lines(answer)) Console.Out.WriteLine(text);
                    return ExitCode.Ok;
                },
                cancel);
        });
        return command;
    }
}
