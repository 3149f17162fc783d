using System.Globalization;
using Kwid.Configuration;
using Kwid.Core.Care;
using Kwid.LiteDb;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary>
/// The story of a restore: the backup is read whole and believed, a store is filled beside the one that is there, compared, and put in its place in one step;
/// the shelf is made anew from it. Killed anywhere before that step it has changed nothing. The caller holds the data.
/// </summary>
internal sealed class Restoring(Settings settings, ILoggerFactory logs)
{
    private string Beside => Path.Combine(settings.Data, "restore");

    /// <summary>Restores.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="replace">Whether a store that is there may be put aside.</param>
    /// <param name="cancel">Stops before the step.</param>
    /// <exception cref="ExitException">The configuration is not the backup's, or a store is there.</exception>
    /// <exception cref="BackupException">The backup is damaged.</exception>
    public async Task<Restored> RunAsync(string file, bool replace, CancellationToken cancel)
    {
        var reader = new BackupReader(file);
        var backup = await reader.VerifyAsync(cancel);
        var clock = new ProgramClock(settings.Now);
        var keeper = LoadConfiguration(backup, clock);
        EnsureFits(keeper.Current, backup, file);
        EnsureMayReplace(replace);
        await FillAsync(reader, backup, cancel);
        // The shelf goes first: it can be made again from whichever store is there.
        Clear(Path.Combine(settings.Data, "shelf"));
        var aside = await StoreSwap.RunAsync(Beside, settings.Data, string.Create(CultureInfo.InvariantCulture, $".before-restore-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}"), cancel);
        Clear(Beside);

        await using var installation = new Installation(keeper, settings.Data, clock);
        await installation.OpenAsync(cancel);
        return new Restored(backup.Head.Instant, backup.Foot.Edition, backup.Foot.EditionInstant, aside, await Verification.RunAsync(installation.Care, installation.Shelf, clock, cancel));
    }

    /// <summary>Where the configuration is lost as well, the last one that was good is in the backup.</summary>
    private ConfigurationKeeper LoadConfiguration(Backup backup, ProgramClock clock)
    {
        var lastGood = new LastGood(settings.Data).Path;
        var kept = backup.Files.FirstOrDefault(file => file.Name == Path.GetFileName(lastGood));
        try
        {
            return Start.LoadConfiguration(settings, acceptNewIds: false, logs, clock);
        }
        catch (ExitException) when (kept is not null && !File.Exists(lastGood))
        {
            File.WriteAllBytes(lastGood, kept.Bytes);
            return Start.LoadConfiguration(settings, acceptNewIds: false, logs, clock);
        }
    }

    private static void EnsureFits(KwidConfiguration configuration, Backup backup, string file)
    {
        if (configuration.Service.Authority != backup.Head.Authority)
            throw new ExitException(ExitCode.Usage, $"service.authority: found \"{configuration.Service.Authority}\" in {configuration.File}, but backup '{file}' is of \"{backup.Head.Authority}\", which is in every id that readers know; write that, or name another backup.");
    }

    private void EnsureMayReplace(bool replace)
    {
        var path = Path.Combine(settings.Data, LiteDbStore.FileName);
        if (!replace && File.Exists(path)) throw new ExitException(ExitCode.No, $"'{path}' is there already. Give --replace to put it aside (it is kept as {LiteDbStore.FileName}.before-restore-…), or another folder with --data.");
    }

    private async Task FillAsync(BackupReader reader, Backup backup, CancellationToken cancel)
    {
        Clear(Beside);
        try
        {
            await using var store = await LiteDbStore.OpenAsync(Beside, null, cancel);
            var copied = await StoreCopy.RunAsync(reader.RecordsAsync(backup, cancel), store, cancel);
            if (copied.FirstOrDefault(kind => !kind.IsEqual) is { } bad)
                throw new ExitException(ExitCode.StoreFault, $"What was filled is not what the backup holds: {bad.Kind}: {bad.From} given, {bad.To} there, or others. Nothing was restored. Check the disk and try again; report this if it stays so.");
        }
        catch
        {
            Clear(Beside);
            throw;
        }
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
