using System.CommandLine;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid discard SOURCE</c>: puts new entries aside that wait because most of them repeat what is known.</summary>
internal sealed class DiscardVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var source = new Argument<string>("SOURCE") { Description = "Id of the source" };
        var command = new Command("discard", "Puts a source's waiting entries aside: they stay stored and are never announced") { source };
        command.SetAction((line, cancel) => DataVerb.RunAsync(
            common.Read(line),
            async operations =>
            {
                var id = line.GetRequiredValue(source);
                var answer = await operations.DecideHeldAsync(new HeldRequest(id, Release: false), cancel);
                Console.Out.WriteLine($"{id}: {(answer.Entries == 1 ? "1 entry" : $"{answer.Entries} entries")} discarded: stored and searchable, never announced.");
                return ExitCode.Ok;
            },
            cancel));
        return command;
    }
}
