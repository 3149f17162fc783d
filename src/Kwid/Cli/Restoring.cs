using System.Globalization;
using Kwid.Configuration;
using Kwid.Configuration.Options;
using Kwid.Core.Access;
using Kwid.Core.Care;
using Kwid.Core.Storage;
using Kwid.LiteDb;
using Kwid.Service;

namespace Kwid.Cli;

/// <summary>
/// The story of a restore: the backup is read whole and believed, a store is filled beside the one that is there, compared, and put in its place in one step;
/// the shelf is made anew from it. Killed anywhere before that step it has changed nothing. The caller holds the data.
/// </summary>
internal sealed partial class Restoring(Settings settings, ILoggerFactory logs)
{
    private string Beside => Path.Combine(settings.Data, "restore");

    private string Shelf => Path.Combine(settings.Data, "shelf");

    /// <summary>Restores.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="replace">Whether a store that is there may be put aside.</param>
    /// <param name="cancel">Stops before the step.</param>
    /// <exception cref="ExitException">The configuration is not the backup's, or a store is there and may not or can't be put aside.</exception>
    /// <exception cref="BackupException">The backup is damaged.</exception>
    public async Task<Restored> RunAsync(string file, bool replace, CancellationToken cancel)
    {
        var reader = new BackupReader(file);
        var backup = await reader.VerifyAsync(cancel);
        var clock = new ProgramClock(settings.Now);
        var keeper = LoadConfiguration(backup, clock);
        if (keeper.Problem is { } problem && File.Exists(settings.Config))
            throw new ExitException(ExitCode.Usage, $"{settings.Config} is refused, and the last valid configuration may name another store; mend it, or move it away to restore with the last valid one.{Environment.NewLine}{string.Join(Environment.NewLine, problem.Mistakes)}");
        EnsureFits(keeper.Current, backup, file);
        var aside = keeper.Current.Storage is { Kind: StorageKind.Postgres } place
            ? await FillPostgresAsync(place, replace, reader.RecordsAsync(backup, cancel), clock, cancel)
            : await FillLiteDbAsync(replace, reader.RecordsAsync(backup, cancel), clock, cancel);
        await using var installation = new Installation(keeper, settings.Data, clock);
        await installation.OpenAsync(cancel);
        installation.Audit.Note("restored", Path.GetFileName(file), $"edition {backup.Foot.Edition} of {backup.Head.Instant:u}");
        return new Restored(backup.Head.Instant, backup.Foot.Edition, backup.Foot.EditionInstant, aside, [.. installation.Desk.Kept.Select(one => new KeptCapability(one.Id, one.Holder, one.Label, one.Ended))], await Verification.RunAsync(installation.Care, installation.Shelf, clock, cancel));
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

    /// <returns>The former store's file; null when there was none.</returns>
    private async Task<string?> FillLiteDbAsync(bool replace, IAsyncEnumerable<StoreRecord> records, ProgramClock clock, CancellationToken cancel)
    {
        var path = Path.Combine(settings.Data, LiteDbStore.FileName);
        if (!replace && File.Exists(path)) throw new ExitException(ExitCode.No, $"'{path}' is there already. Give --replace to put it aside (it is kept as {LiteDbStore.FileName}.before-restore-…), or another folder with --data.");
        Clear(Beside);
        try
        {
            await using (var store = await LiteDbStore.OpenAsync(Beside, clock, cancel)) await FillAsync(records, store, cancel);
            await KeepCapabilitiesAsync(File.Exists(path), clock, cancel);
            var aside = await StoreSwap.RunAsync(Beside, settings.Data, string.Create(CultureInfo.InvariantCulture, $".before-restore-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}"), cancel);
            // Not before: until then the former store's feeds are served. Killed in between, the next start finds it to be another store's.
            ClearShelf();
            return aside;
        }
        finally
        {
            Clear(Beside);
        }
    }

    /// <summary>A database is filled in one transaction; what is in it is for its owner to dump and drop.</summary>
    private async Task<string?> FillPostgresAsync(StoragePlace place, bool replace, IAsyncEnumerable<StoreRecord> records, ProgramClock clock, CancellationToken cancel)
    {
        await using var store = await Stores.OpenAsync(place, settings.Data, clock, cancel);
        if (replace || await store.LoadAsync(cancel) is not { Sources.Count: 0, Advisories.Count: 0, LastEdition: null })
            throw new ExitException(ExitCode.No, $"{place}: only an empty one can be restored into{(replace ? "; --replace is for LiteDB" : "")}. Dump what is there (pg_dump -n kwid …), drop it (DROP SCHEMA kwid CASCADE) and restore without --replace, or name another database in storage.connection.");
        await FillAsync(records, store, cancel);
        ClearShelf();
        return null;
    }

    private static async Task FillAsync(IAsyncEnumerable<StoreRecord> records, IStoreCare store, CancellationToken cancel)
    {
        var copied = await StoreCopy.RunAsync(records, store, cancel);
        if (copied.FirstOrDefault(kind => !kind.IsEqual) is { } bad)
            throw new ExitException(ExitCode.StoreFault, $"What was filled is not what the backup holds: {bad.Kind}: {bad.From} given, {bad.To} there, or others. Don't serve it. Check the disk and try again; report this if it stays so.");
    }

    /// <summary>Puts what the former store knows of capabilities beside the shelf, where the restored one finds it. One that can't be read has its copy there.</summary>
    private async Task KeepCapabilitiesAsync(bool isThere, ProgramClock clock, CancellationToken cancel)
    {
        if (!isThere) return;
        try
        {
            await using var former = await LiteDbStore.OpenAsync(settings.Data, clock, cancel);
            var (stored, file) = ((await former.LoadAsync(cancel)).Capabilities, CapabilityFile.In(settings.Data));
            var unknown = CapabilityMerge.Unknown(stored, file.Read());
            if (stored.Count > 0) file.Write([.. stored.ExceptBy(unknown.Select(one => one.Id), one => one.Id), .. unknown]);
        }
        catch (StoreException fault)
        {
            LogUnreadable(logs.CreateLogger<Restoring>(), fault.Message);
        }
    }

    /// <summary>All but the capabilities: a token that was revoked since the backup stays so, and one that was issued since opens its feed.</summary>
    private void ClearShelf()
    {
        if (!Directory.Exists(Shelf)) return;
        foreach (var file in Directory.EnumerateFiles(Shelf).Where(file => Path.GetFileName(file) != CapabilityFile.Name)) File.Delete(file);
    }

    [LoggerMessage(5010, LogLevel.Warning, "The former store can't be read ({Reason}); of tokens issued or revoked since the backup only what stands in shelf/capabilities.json is kept")]
    private static partial void LogUnreadable(ILogger log, string reason);

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
