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
        var origin = new ConfigurationOrigin(settings.Config, settings.Data, new Surroundings(settings.Urls), () => HasEditions(settings.Data), acceptNewIds);
        var started = ConfigurationKeeper.Start(origin, clock, logs.CreateLogger<ConfigurationKeeper>());
        if (started is StartOutcome.Refused refused) throw new ExitException(ExitCode.Usage, string.Join(Environment.NewLine, refused.Mistakes));

        var installation = new Installation(((StartOutcome.Started)started).Keeper, settings.Data, clock, network);
        if (clock.IsSet && installation.Shelf.Last is { } last && clock.GetUtcNow() < last.Instant)
            throw new ExitException(ExitCode.No, string.Create(CultureInfo.InvariantCulture,
                $"--now: found {settings.Now:yyyy-MM-dd'T'HH:mm:ss'Z'}, but edition {last.Number} is of {last.Instant:yyyy-MM-dd'T'HH:mm:ss'Z'}; give a later instant, or another folder with --data."));
        return installation;
    }

    private static bool HasEditions(string data) =>
        File.Exists(Path.Combine(data, "kwid.db")) || new FileInfo(Path.Combine(data, "shelf", "editions.jsonl")) is { Exists: true, Length: > 0 };
}
