using System.CommandLine;
using Kwid.Cli.Control;
using Kwid.Scheduling;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary><c>kwid serve</c>, also plain <c>kwid</c>: polls, publishes and serves until it is told to stop.</summary>
internal sealed class ServeVerb : IVerb
{
    public Command Build(CommonOptions common)
    {
        var acceptNewIds = new Option<bool>("--accept-new-ids") { Description = "Starts although service.authority changed: every entry gets a new id, and rings again" };
        var command = new Command("serve", "Polls, publishes and serves (the default)") { acceptNewIds };
        command.SetAction((line, cancel) => RunAsync(common.Read(line), line.GetValue(acceptNewIds), cancel));
        return command;
    }

    /// <summary>Serves until SIGTERM, SIGINT or <paramref name="cancel"/>.</summary>
    public static async Task<int> RunAsync(Settings settings, bool acceptNewIds, CancellationToken cancel)
    {
        using var held = Start.TryTake(settings)
            ?? throw new ExitException(ExitCode.DataInUse, $"{ControlClient.Holder(settings.Data)}. Stop it first, or name another folder with --data.");
        using var logs = LoggerFactory.Create(logging => Logs.Configure(logging, LogLevel.Information));
        await using var installation = Start.Load(settings, acceptNewIds, logs);
        await using var web = Composition.Build(installation, LogLevel.Information);
        foreach (var warning in installation.Configuration.Warnings) await Console.Error.WriteLineAsync($"warning: {warning}");

        var sweep = web.Services.GetRequiredService<FirstSweep>();
        SweepReport.Follow(sweep);
        try
        {
            // With nothing on the shelf there is nothing to serve: a store that can't be opened ends the start.
            if (installation.Shelf.Last is null)
            {
                await installation.OpenAsync(cancel);
                await installation.PublishAsync(withPending: false, cancel);
            }

            await ListenAsync(web, installation, cancel);
            installation.Keeper.Watch();
            ServeReport.Print(installation);
            await web.WaitForShutdownAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop while starting: that is no failure.
        }

        return ExitCode.Ok;
    }

    private static async Task ListenAsync(WebApplication web, Installation installation, CancellationToken cancel)
    {
        try
        {
            await web.StartAsync(cancel);
        }
        catch (IOException fault)
        {
            // What has begun beside the web must end before what it works on is taken away.
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await web.StopAsync(soon.Token);
            var listen = installation.Configuration.OperatorListen is { } own ? $"service.listen {installation.Configuration.Listen} or service.operatorListen {own}" : $"service.listen: {installation.Configuration.Listen}";
            throw new ExitException(ExitCode.Usage, $"{listen} can't be used: {fault.Message} Stop what listens there, or give another address in the configuration or with --urls.");
        }
    }
}
