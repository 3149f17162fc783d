using System.CommandLine;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid backup FILE</c>: all that can't be made again, in one file, also while the service runs.</summary>
internal sealed class BackupVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "Where to write it, such as kwid-2026-03-01.backup.gz" };
        var force = new Option<bool>("--force") { Description = "Replaces a file that is there" };
        var command = new Command("backup", "Writes all that is stored into one file, readable by its owner alone, while the service runs or not") { file, force };
        command.SetAction((line, cancel) =>
        {
            var settings = common.Read(line);
            // The process that writes it may have been started elsewhere.
            var request = new BackupRequest(Path.GetFullPath(line.GetRequiredValue(file)), line.GetValue(force));
            return DataVerb.RunAsync(settings, async operations => Print(await operations.BackupAsync(request, cancel), settings.Json), cancel);
        });
        return command;
    }

    private static int Print(BackupAnswer answer, bool json)
    {
        Console.Out.WriteLine(json
            ? CareText.Json(answer)
            : $"{answer.File}: {CareText.Size(answer.Bytes)}, up to {CareText.Edition(answer.Edition, answer.EditionInstant)}: {CareText.Counts(answer.Kinds)}");
        return ExitCode.Ok;
    }
}
