using System.CommandLine;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid verify</c>: the store against itself and against the shelf, also while the service runs.</summary>
internal sealed class VerifyVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var command = new Command("verify", "Checks what is stored against itself and against what is shown; exit 1 when something is found");
        command.SetAction((line, cancel) =>
        {
            var settings = common.Read(line);
            return DataVerb.RunAsync(settings, async operations => CareText.Print(await operations.VerifyAsync(new VerifyRequest(), cancel), settings.Json), cancel);
        });
        return command;
    }
}
