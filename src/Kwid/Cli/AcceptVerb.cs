using System.CommandLine;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid accept</c>: lets through a configuration that was refused because it ends many feeds.</summary>
internal sealed class AcceptVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var command = new Command("accept", "Lets through a configuration that was refused because it would end many feeds");
        command.SetAction((line, cancel) => DataVerb.RunAsync(
            common.Read(line),
            async operations =>
            {
                var answer = await operations.AcceptAsync(new AcceptRequest(), cancel);
                foreach (var mistake in answer.Mistakes) Console.Error.WriteLine(mistake);
                if (answer.InEffect) Console.Out.WriteLine("The configuration as it stands is in effect.");
                return answer.InEffect ? ExitCode.Ok : ExitCode.Usage;
            },
            cancel));
        return command;
    }
}
