using System.CommandLine;
using System.Globalization;
using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary><c>kwid restore FILE</c>: a backup becomes what is stored and shown, whole or not at all.</summary>
internal sealed class RestoreVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var file = new Argument<string>("FILE") { Description = "That 'kwid backup' has written" };
        var replace = new Option<bool>("--replace") { Description = "Puts a store that is there aside, as kwid.db.before-restore-…" };
        var command = new Command("restore", "Puts a backup in the place of what is stored, while no service runs; exit 1 when the backup is damaged") { file, replace };
        command.SetAction((line, cancel) => RunAsync(common.Read(line), Path.GetFullPath(line.GetRequiredValue(file)), line.GetValue(replace), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, string file, bool replace, CancellationToken cancel)
    {
        using var held = Start.TryTake(settings) ?? throw new ExitException(ExitCode.DataInUse, $"{ControlClient.Holder(settings.Data)}. Stop it first: nothing can be restored under it.");
        using var logs = LoggerFactory.Create(logging => Logs.Configure(logging, LogLevel.Warning));
        var restored = await new Restoring(settings, logs).RunAsync(file, replace, cancel);
        if (settings.Json)
        {
            Console.Out.WriteLine(CareText.Json(restored));
            return restored.Verdict.IsWell ? ExitCode.Ok : ExitCode.No;
        }

        Console.Out.WriteLine($"{file} of {restored.Instant:u}: restored up to {CareText.Edition(restored.Edition, restored.EditionInstant)}.");
        if (restored.Aside is { } aside) Console.Out.WriteLine($"What was stored before is kept as {aside}; delete it when all is well.");
        foreach (var one in restored.Kept) Console.Out.WriteLine($"Token {one.Id} for {one.Key} ({one.Label}): {(one.Ended is { } ended ? string.Create(CultureInfo.InvariantCulture, $"ended {ended:u}") : "issued")} after the backup; kept so.");
        return CareText.Print(restored.Verdict, json: false);
    }
}
