using System.CommandLine;
using Kwid.Configuration;

namespace Kwid.Cli;

/// <summary><c>kwid check</c>: every mistake of the configuration in one run, with its place and its cure.</summary>
internal sealed class CheckVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var command = new Command("check", "Checks the configuration; exit 2 when it has mistakes");
        command.SetAction(line => Run(common.Read(line)));
        return command;
    }

    private static int Run(Settings settings)
    {
        var outcome = ConfigurationLoader.Load(settings.Config, new Surroundings(settings.Urls));
        var (mistakes, warnings) = outcome is LoadOutcome.Refused refused ? (refused.Mistakes, refused.Warnings) : ([], ((LoadOutcome.Loaded)outcome).Configuration.Warnings);
        foreach (var warning in warnings) Console.Error.WriteLine($"warning: {warning}");
        if (settings.Json) Console.Out.WriteLine(ConfigurationMistake.ToJson(mistakes));
        else foreach (var mistake in mistakes) Console.Out.WriteLine(mistake);
        if (!settings.Json && outcome is LoadOutcome.Loaded(var good, _))
            Console.Out.WriteLine($"{settings.Config}: {good.Sources.Count} sources ({good.Sources.Count(source => source.IsPolled)} polled), {good.Recipients.Count} recipients, no mistakes");
        return mistakes.Count == 0 ? ExitCode.Ok : ExitCode.Usage;
    }
}
