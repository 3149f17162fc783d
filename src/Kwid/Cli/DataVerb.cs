using Kwid.Cli.Control;

namespace Kwid.Cli;

/// <summary>Runs an operation on the data: here when the folder is free, else in the process that holds it.</summary>
internal static class DataVerb
{
    public static async Task<int> RunAsync(Settings settings, Func<IOperations, Task<int>> work, CancellationToken cancel)
    {
        using var held = Start.TryTake(settings);
        if (held is null)
        {
            if (settings.Now is not null)
                throw new ExitException(ExitCode.Usage, $"{ControlClient.Holder(settings.Data)}, whose clock --now can't set; stop it first, or name another folder with --data.");
            using var client = new ControlClient(settings.Data);
            return await work(client);
        }

        using var logs = LoggerFactory.Create(logging => Logs.Configure(logging, LogLevel.Warning));
        await using var installation = Start.Load(settings, acceptNewIds: false, logs);
        await installation.OpenAsync(cancel);
        return await work(new Operations(installation));
    }
}
