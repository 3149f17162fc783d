using System.CommandLine;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid export DIR</c>: all public feeds and lists as files, in folders that mirror the addresses.</summary>
internal sealed class ExportVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var folder = new Argument<string>("DIR") { Description = "Where to write DIR/feeds/05315000.atom, DIR/providers/ID.opml and all others" };
        var command = new Command("export", "Writes all public feeds and providers' lists as files, and removes from DIR those that are public no more") { folder };
        command.SetAction((line, cancel) =>
        {
            var settings = common.Read(line);
            var target = Path.GetFullPath(line.GetRequiredValue(folder));
            return DataVerb.RunAsync(settings, async operations => Print(await operations.ExportAsync(new ExportRequest(target), cancel), target, settings.Json), cancel);
        });
        return command;
    }

    private static int Print(ExportAnswer answer, string target, bool json)
    {
        Console.Out.WriteLine(json
            ? $"{{\"documents\":{answer.Documents},\"removed\":{answer.Removed}}}"
            : $"{answer.Documents} documents written below {target}{(answer.Removed > 0 ? $", {answer.Removed} of earlier exports removed, which are public no more" : "")}");
        return ExitCode.Ok;
    }
}
