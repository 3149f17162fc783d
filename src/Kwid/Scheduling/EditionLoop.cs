using Kwid.Core.Model;
using Kwid.Core.Storage;
using Kwid.Service;

namespace Kwid.Scheduling;

/// <summary>
/// The service's life beside the web: open the store, make the feeds, start polling, gather the opening, then an edition whenever something came.
/// A fault of the store stops nothing but new entries: feeds are served from the shelf, and the loop tries again.
/// </summary>
internal sealed partial class EditionLoop(
    Installation installation, PollSchedule schedule, FirstSweep sweep, EditionSignal signal, ServiceCondition condition, ILogger<EditionLoop> log) : BackgroundService
{
    private static readonly TimeSpan OpeningLasts = TimeSpan.FromSeconds(10);
    /// <summary>A look without a signal: a clock that was set right again brings none.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);
    private readonly ClockSteps _steps = new(installation.Clock);

    /// <summary>Sources whose batch could not be released, so that it is said once.</summary>
    private readonly HashSet<SourceId> _stuck = [];

    /// <summary>Why the audit log could not be written; null when it was.</summary>
    private string? _unwritten;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await UntilDoneAsync(installation.OpenAsync, stoppingToken);
            if (installation.ShelfFault is { } foreign) LogForeign(foreign, installation.Data);
            installation.Audit.Note("started", installation.Configuration.File, $"configuration {installation.Configuration.Version[..12]}");
            await FlushAccessAsync(stoppingToken);
            await UntilDoneAsync(async cancel => await PublishAsync(installation.Shelf.HasOpened, cancel), stoppingToken);
            // First of all, so that no reload is missed.
            installation.Keeper.Swapped += (_, _) => Resync(stoppingToken);
            await UntilDoneAsync(async cancel => sweep.Begin(await schedule.SyncAsync(cancel)), stoppingToken);
            if (!installation.Shelf.HasOpened) await Task.WhenAny(sweep.Ended, Task.Delay(OpeningLasts, installation.Clock, stoppingToken));
            while (!stoppingToken.IsCancellationRequested)
            {
                await UntilDoneAsync(
                    async cancel =>
                    {
                        await FollowClockAsync(cancel);
                        await ReleaseDueAsync(cancel);
                        await PublishAsync(withPending: true, cancel);
                        await FlushAccessAsync(cancel);
                        if (condition.StoreFault is not null) await installation.TryOutStoreAsync(cancel);
                    },
                    stoppingToken);
                // An edition a second at most, or their instants would run ahead of the clock.
                await Task.Delay(LeastPause, installation.Clock, stoppingToken);
                await signal.WaitAsync(condition.FilesFault is null ? Beat : RetryPause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops; what is pending is published at the next start.
        }
    }

    private async Task FollowClockAsync(CancellationToken cancel)
    {
        if (_steps.Take() is var step && step == TimeSpan.Zero) return;
        LogClockSet(step, installation.Clock.GetUtcNow());
        installation.NoteClockJump();
        await schedule.FollowClockAsync(cancel);
    }

    private async Task ReleaseDueAsync(CancellationToken cancel)
    {
        foreach (var batch in await installation.ReleaseDueAsync(cancel))
        {
            if (batch.Fault is null) LogReleased(batch.Source, batch.Advisories);
            else if (_stuck.Add(batch.Source)) LogStuck(batch.Source, batch.Fault);
        }
    }

    private async Task PublishAsync(bool withPending, CancellationToken cancel)
    {
        LookAtFiles();
        var published = await installation.PublishAsync(withPending, cancel);
        if (installation.PublishingFault is { } fault && fault != condition.PublishingFault) LogClock(fault);
        condition.PublishingFault = installation.PublishingFault;
        condition.EditionFault = null;
        condition.LookAtLine();
        if (published is not { } edition) return;
        var kinds = edition.Publications.DistinctBy(row => (row.Kind, row.Revision)).CountBy(row => row.Kind).ToDictionary();
        var (entries, collected) = (kinds.GetValueOrDefault(PublicationKind.Entry), kinds.GetValueOrDefault(PublicationKind.Collected));
        LogEdition(edition.Number, edition.Instant, entries, kinds.Values.Sum() - entries - collected, collected);
    }

    /// <summary>Whatever is wrong with the audit log keeps no edition back, and no source from being asked: what is wrong with the store itself, others find out.</summary>
    private async Task FlushAccessAsync(CancellationToken cancel)
    {
        try
        {
            await installation.FlushAccessAsync(cancel);
            _unwritten = null;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            if (_unwritten != fault.Message) LogUnwritten(fault.Message);
            _unwritten = fault.Message;
        }
    }

    /// <summary>Writes what the disk did not take before, and tells what is wrong with the files beside the store.</summary>
    private void LookAtFiles()
    {
        installation.Shelf.WriteDown();
        var fault = installation.FilesFault ?? (_unwritten is null ? null : $"What was decided can't be written to the audit log ({_unwritten}).");
        if (fault is not null && fault != condition.FilesFault) LogFiles(fault);
        if (fault is null && condition.FilesFault is not null) LogFilesWell(installation.Data);
        condition.FilesFault = fault;
    }

    /// <summary>Tries until the store takes it, and says once per kind of fault what is wrong.</summary>
    private async Task UntilDoneAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await work(cancel);
                if (condition.StoreFault is not null) LogStoreWell(installation.Data);
                condition.StoreFault = null;
                return;
            }
            catch (StoreException fault)
            {
                if (condition.StoreFault != fault.Message) LogStore(fault.Message);
                condition.StoreFault = fault.Message;
            }
            catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
            {
                // Whatever it is, feeds must go on being served and sources asked: their windows are short. Nothing here may end the program.
                var reason = $"Kwid failed over an edition ({fault.GetType().Name}: {fault.Message.TrimEnd('.')}). It tries again every few seconds; please report this, with what the log says.";
                if (condition.EditionFault != reason) LogFault(fault);
                condition.EditionFault = reason;
            }

            await Task.Delay(RetryPause, installation.Clock, cancel);
        }
    }

    /// <summary>After a reload: jobs and feeds follow the configuration. Runs beside the loop; its errors are logged, never thrown at the timer.</summary>
    private async void Resync(CancellationToken cancel)
    {
        try
        {
            await schedule.SyncAsync(cancel);
            signal.Ring();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            LogResync(fault);
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "Edition {Number} of {Instant:u}: {Entries} new entries, {Updates} updated in place, {Collected} collected in digests")]
    private partial void LogEdition(int number, DateTimeOffset instant, int entries, int updates, int collected);

    [LoggerMessage(3008, LogLevel.Warning, "Source {Source}: {Advisories} entries that waited for six hours are released")]
    private partial void LogReleased(SourceId source, int advisories);

    [LoggerMessage(3009, LogLevel.Error, "Source {Source}: the entries that wait can't be released ({Reason}) Everything else is published")]
    private partial void LogStuck(SourceId source, string reason);

    [LoggerMessage(3002, LogLevel.Error, "{Reason} Feeds are served as they were; nothing new is stored until this is mended. Trying again every few seconds")]
    private partial void LogStore(string reason);

    [LoggerMessage(3014, LogLevel.Warning, "This machine's clock was set by {Step} to {Now:u}; the sources' next polls are planned anew. If it was not you, look after its time service (timedatectl)")]
    private partial void LogClockSet(TimeSpan step, DateTimeOffset now);

    [LoggerMessage(3012, LogLevel.Information, "The store in {Data} takes new entries again; all sources that waited for it are asked now")]
    private partial void LogStoreWell(string data);

    [LoggerMessage(3003, LogLevel.Error, "{Reason} Polls and feeds go on; trying again every few seconds")]
    private partial void LogFiles(string reason);

    [LoggerMessage(3013, LogLevel.Information, "The files beside the store in {Data} are whole again")]
    private partial void LogFilesWell(string data);

    [LoggerMessage(3006, LogLevel.Error, "Publishing failed and is tried again every few seconds; feeds are served as they were. Please report this")]
    private partial void LogFault(Exception fault);

    [LoggerMessage(3015, LogLevel.Error, "What was decided can't be written to the audit log ({Reason}). Polls and editions go on; it is tried again with the next one")]
    private partial void LogUnwritten(string reason);

    [LoggerMessage(3016, LogLevel.Error, "The shelf was made anew from the store: {Reason}. Readers see what the store has; what was shown before is kept in {Data}/shelf.aside until this happens again. If a newer store exists, stop kwid and restore it")]
    private partial void LogForeign(string reason, string data);

    [LoggerMessage(3005, LogLevel.Error, "{Reason} Feeds are served as they were")]
    private partial void LogClock(string reason);

    [LoggerMessage(3004, LogLevel.Error, "The sources could not be scheduled after a reload; restart kwid")]
    private partial void LogResync(Exception fault);
}
