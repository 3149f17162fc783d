using System.Globalization;
using Kwid.Configuration;
using Kwid.Core.Sources;
using Kwid.Core.Storage;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary>The first steps of every verb that works on the data: take the folder, read the configuration, load the shelf.</summary>
internal static class Start
{
    /// <summary>Takes the data folder; null when another process holds it.</summary>
    public static DataLock? TryTake(Settings settings) => DataLock.TryAcquire(settings.Data);

    /// <summary>The installation, its shelf loaded, its store not yet open. The caller holds the <see cref="DataLock"/>.</summary>
    /// <exception cref="ExitException">There is no valid configuration, or <c>--now</c> lies before the last edition.</exception>
    public static Installation Load(Settings settings, bool acceptNewIds, ILoggerFactory logs, IFetcher? network = null)
    {
        var clock = new ProgramClock(settings.Now);
        var installation = new Installation(LoadConfiguration(settings, acceptNewIds, logs, clock), settings.Data, clock, network);
        if (clock.IsSet && installation.Shelf.Last is { } last && clock.GetUtcNow() < last.Instant)
            throw new ExitException(ExitCode.No, string.Create(CultureInfo.InvariantCulture,
                $"--now: found {settings.Now:yyyy-MM-dd'T'HH:mm:ss'Z'}, but edition {last.Number} is of {last.Instant:yyyy-MM-dd'T'HH:mm:ss'Z'}; give a later instant, or another folder with --data."));
        return installation;
    }

    /// <summary>The configuration alone. The caller holds the <see cref="DataLock"/>.</summary>
    /// <exception cref="ExitException">There is no valid one.</exception>
    public static ConfigurationKeeper LoadConfiguration(Settings settings, bool acceptNewIds, ILoggerFactory logs, ProgramClock clock)
    {
        var origin = new ConfigurationOrigin(settings.Config, settings.Data, new Surroundings(settings.Urls), () => HasEditions(settings.Data), acceptNewIds);
        var started = ConfigurationKeeper.Start(origin, clock, logs.CreateLogger<ConfigurationKeeper>());
        return started is StartOutcome.Started { Keeper: var keeper } ? keeper : throw new ExitException(ExitCode.Usage, string.Join(Environment.NewLine, ((StartOutcome.Refused)started).Mistakes));
    }

    private static bool HasEditions(string data) =>
        File.Exists(Path.Combine(data, "kwid.db")) || new FileInfo(Path.Combine(data, "shelf", "editions.jsonl")) is { Exists: true, Length: > 0 };
}
