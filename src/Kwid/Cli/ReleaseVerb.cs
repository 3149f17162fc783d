using System.CommandLine;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid release SOURCE</c>: publishes new entries that wait because most of them repeat what is known.</summary>
internal sealed class ReleaseVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var source = new Argument<string>("SOURCE") { Description = "Id of the source" };
        var command = new Command("release", "Publishes a source's new entries that wait because most of them repeat what is known") { source };
        command.SetAction((line, cancel) => DataVerb.RunAsync(
            common.Read(line),
            async operations =>
            {
                var id = line.GetRequiredValue(source);
                var answer = await operations.DecideHeldAsync(new HeldRequest(id, Release: true), cancel);
                var entries = answer.Entries == 1 ? "1 entry" : $"{answer.Entries} entries";
                Console.Out.WriteLine(answer.Edition is { } number
                    ? $"{id}: {entries} released; edition {number} publishes what reaches a feed."
                    : $"{id}: {entries} released for the next edition.");
                if (answer.Fault is null) return ExitCode.Ok;
                Console.Error.WriteLine(answer.Fault);
                return ExitCode.No;
            },
            cancel));
        return command;
    }
}
